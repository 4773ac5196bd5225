import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';
import { keyColumns, type KeyRow } from './api-key.mapper.ts';
import { makerJoin } from './maker.ts';

/** SQL: the keys `k` that a caller may know, by the parameters of `visibleTo`. */
export const visibleKeys = `from api_keys k ${makerJoin}
  where k.project_id = $1 and ($2::boolean or k.account_id = $3 or (k.account_id is null and $4 in (k.id, k.created_by)))`;

/** All of the project with keys:manage; else those of one's own account, whichever of its keys asks. */
export const visibleTo = ({ principal, project }: Ctx): readonly unknown[] => [
  project.id,
  principal.permissions.has('keys:manage'),
  'accountId' in principal ? principal.accountId : null,
  principal.id,
];

const read = prepared(`select ${keyColumns} ${visibleKeys} and k.id = $5`);
const lock = prepared(`select ${keyColumns} ${visibleKeys} and k.id = $5 for update of k`);

async function find(ctx: Ctx, id: string, statement: typeof read): Promise<KeyRow> {
  if (!isId('key', id)) throw notFound();
  const [row] = await ctx.sql.rows<KeyRow>(statement, [...visibleTo(ctx), id]);
  if (!row) throw notFound();
  return row;
}

/** A key of the project. Throws NOT_FOUND also for one of somebody else. */
export const findKey = (ctx: Ctx, id: string): Promise<KeyRow> => find(ctx, id, read);

/** The same, locked until the transaction ends. */
export const lockKey = (tx: Ctx, id: string): Promise<KeyRow> => find(tx, id, lock);
