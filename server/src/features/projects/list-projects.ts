import type { contracts } from '@cms/contracts';
import type { z } from 'zod';
import type { Ctx } from '../../content/context.ts';
import { platformList, platformPage } from '../../content/platform-reply.ts';
import { prepared } from '../../platform/db/sql.ts';
import { toProject } from './project.mapper.ts';
import type { ProjectOptions } from './project-options.ts';
import { type ProjectRecord, projectColumns, projectTables } from './project.repository.ts';
import { reachOf } from './reach.ts';
import { restorableSince } from './restorable-since.ts';

/** $1 ids or null for all, $2 status, $3 team, $4 since when deleted; null where not asked for. */
const wanted = `($1::text[] is null or p.id = any($1)) and ($2::text is null or p.status = $2)
  and ($3::text is null or p.team_id = $3)
  and case when $4::timestamptz is null then p.deleted_at is null else p.deleted_at > $4 end`;
const find = prepared(
  `select ${projectColumns} from ${projectTables} where ${wanted}
  order by p.created_at desc, p.id desc limit $5 offset $6`,
);
const count = prepared(`select count(*)::int as total from projects p where ${wanted}`);

/**
 * A page of the projects that the caller may read, the newest first; or of deleted ones that it may
 * restore.
 */
export async function listProjects(
  { graceDays }: ProjectOptions,
  ctx: Ctx,
  input: z.output<typeof contracts.projects.list.input>,
) {
  const page = platformPage(input);
  const deleted = input.status === 'deleted';
  const values = [
    reachOf(ctx.principal, deleted ? 'project:delete' : 'project:read'),
    deleted ? null : (input.status ?? null),
    input.team ?? null,
    deleted ? restorableSince(ctx.clock, graceDays) : null,
  ];
  const rows = await ctx.sql.rows<ProjectRecord>(find, [...values, page.limit, page.offset]);
  const [counted] = await ctx.sql.rows<{ total: number }>(count, values);
  const total = counted?.total ?? 0;
  return platformList(rows.map(toProject), page, total);
}
