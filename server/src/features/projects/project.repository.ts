import type { ProjectStatus, ProjectTemplate, ProjectVisibility } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import { AppError, notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';

/** A project as it is read for a reply, with its team. */
export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: ProjectStatus;
  readonly visibility: ProjectVisibility;
  readonly template: ProjectTemplate;
  readonly default_locale: string;
  readonly is_default: boolean;
  readonly revision: number;
  readonly team_id: string | null;
  readonly team_name: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: string | null;
}

/** The columns of a ProjectRecord. */
export const projectColumns = `p.id, p.name, p.description, p.status, p.visibility, p.template, p.default_locale,
  p.is_default, p.revision, p.team_id, t.name as team_name, p.created_at, p.updated_at, p.deleted_at`;

/** Where they come from. */
export const projectTables = 'projects p left join teams t on t.id = p.team_id';

const byId = prepared(`select ${projectColumns} from ${projectTables} where p.id = $1`);
const lock = { text: 'select 1 from projects where id = $1 for no key update' };

/** A project, deleted or not; undefined where there is none. */
export const readProject = async (sql: Sql, id: string): Promise<ProjectRecord | undefined> =>
  (await sql.rows<ProjectRecord>(byId, [id]))[0];

/** A project, deleted or not, locked until the transaction ends. Throws NOT_FOUND. */
export async function lockProject(tx: Ctx, id: string): Promise<ProjectRecord> {
  if (!isId('proj', id)) throw notFound();
  await tx.sql.rows(lock, [id]);
  // Read after the lock: whoever held it may have changed the row.
  const project = await readProject(tx.sql, id);
  if (!project) throw notFound();
  return project;
}

/** The same for one that is not deleted. Throws PRECONDITION_FAILED where it is at another revision. */
export async function lockLiveProject(
  tx: Ctx,
  id: string,
  expectedRevision: number | undefined,
): Promise<ProjectRecord> {
  const project = await lockProject(tx, id);
  if (project.deleted_at !== null) throw notFound();
  if (expectedRevision !== undefined && expectedRevision !== project.revision)
    throw new AppError('PRECONDITION_FAILED');
  return project;
}
