import { type AuditRecord, recordAudit } from '../../content/audit/record-audit.ts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';

/** What people, invitations and roles belong to. */
export interface Scope {
  readonly kind: 'team' | 'project';
  readonly id: string;
}

/** The scope of an id that says which kind it is of. */
export const scopeOf = (id: string): Scope => ({ kind: isId('team', id) ? 'team' : 'project', id });

/** The tables of each kind. Their names are ours: nothing of a request gets into a statement's text. */
const tables = {
  team: { members: 'team_members', key: 'team_id', home: 'teams', live: 'true' },
  project: {
    members: 'project_members',
    key: 'project_id',
    home: 'projects',
    live: 'deleted_at is null',
  },
} as const;
type Tables = (typeof tables)[Scope['kind']];

/** A statement for each kind of scope. */
export const statements = (text: (names: Tables) => string) => ({
  team: prepared(text(tables.team)),
  project: prepared(text(tables.project)),
});

export interface Home {
  readonly name: string;
  /** True where no account made it: the root key owns it, so it needs no other owner. */
  readonly ownedByInstance: boolean;
}

const lock = statements(
  ({ home, live }) =>
    `select name, created_by from ${home} where id = $1 and ${live} for no key update`,
);

/**
 * Locks a team or a project, so that changes of its members and roles come one after another. To be
 * called first in their transaction. Throws NOT_FOUND where it was deleted meanwhile.
 */
export async function lockScope(tx: Ctx, { kind, id }: Scope): Promise<Home> {
  const [row] = await tx.sql.rows<{ name: string; created_by: string | null }>(lock[kind], [id]);
  if (!row) throw notFound();
  return { name: row.name, ownedByInstance: !isId('user', row.created_by ?? '') };
}

/** Records what happened in a scope; what happens in teams is in the default project's log. */
export async function recordIn(
  tx: Ctx,
  scope: Scope,
  record: Omit<AuditRecord, 'resource' | 'projectId'>,
): Promise<void> {
  const project = scope.kind === 'team' ? await tx.projects.find(undefined) : scope;
  await recordAudit(tx, {
    ...record,
    resource: { type: scope.kind, id: scope.id },
    projectId: project?.id ?? tx.project.id,
  });
}
