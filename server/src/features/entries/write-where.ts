import { type AffectedEntries, type Filter, MAX_AFFECTED } from '@cms/contracts';
import { type CollectionCtx, transaction } from '../../content/context.ts';
import { countMatching, lockMatching } from '../../content/entries/lock-matching.ts';
import { openRows } from '../../content/entries/read.ts';
import { type Fragment, joined } from '../../content/expressions/index.ts';
import { compileRead, readerScope } from '../../content/filters/compile-filter.ts';
import { badFilter } from '../../content/filters/filter-error.ts';
import { asksNothing, readFilter } from '../../content/filters/read-filter.ts';
import { accessTo, refused } from '../../content/policy/access.ts';
import { openBeside } from '../../content/policy/open-beside.ts';
import { undone } from '../../content/undone.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { entryPlace } from './places.ts';
import { refusalOfAll } from './write-items.ts';

/** Which entries a write is about. */
export interface Where {
  readonly filter: Filter;
  readonly max_affected: number;
  readonly dry_run?: boolean | undefined;
}

/**
 * Finds and locks the entries that meet a filter, and writes them, all or none, by what writes them when they
 * are named by their ids. Throws TOO_MANY_AFFECTED where there are more than that, INVALID_INPUT for a filter
 * that is wrong or empty, FORBIDDEN or UNAUTHORIZED for who may not look for entries at all, and what single
 * entries are refused for by their ids.
 */
export async function writeWhere(
  ctx: CollectionCtx,
  { filter, max_affected: most, dry_run = false }: Where,
  write: (tx: CollectionCtx, ids: readonly string[]) => Promise<unknown>,
): Promise<AffectedEntries> {
  const condition = await conditionOf(ctx, filter);
  let ids: readonly string[] = [];
  const run = async (tx: CollectionCtx) => {
    ids = await lockMatching(tx, condition, most + 1);
    if (ids.length > most) throw await tooMany(tx, condition, most);
    if (ids.length > 0) await write(tx, ids);
  };
  try {
    await transaction(ctx, (tx) => (dry_run ? undone(tx, run) : run(tx)));
  } catch (error) {
    throw await refusalOfAll(ctx, error, entryPlace(ids));
  }
  return { affected: ids.length, ids: [...ids], dry_run };
}

/**
 * What a list with the filter would show, as far as the caller may view it: a filter that knew more would
 * tell what no reply does.
 */
async function conditionOf(ctx: CollectionCtx, filter: Filter): Promise<Fragment> {
  const listing = openBeside(ctx, ctx.collection);
  const viewing = accessTo(ctx, ctx.collection, {
    action: 'view',
    permission: 'content:read',
    method: 'GET',
  });
  if (!listing || !viewing)
    throw refused(
      ctx.principal,
      'Only who may list and view entries can name them by a filter; name them by their ids.',
    );
  const read = readFilter(filter);
  if (asksNothing(read.tree))
    throw badFilter('filter', 'Say which entries are meant; sys.id[exists]=true means all.');
  const wanted = compileRead(listing, await readerScope(listing), read).fragment;
  const conditions = [openRows(listing, wanted)];
  if (viewing.rule) conditions.push(viewing.rule.fragment);
  if (viewing.publishedOnly || ctx.publishedOnly)
    conditions.push([`${ctx.collection.statements.table}.status = 'published'`]);
  return joined(conditions, ' and ');
}

async function tooMany(tx: CollectionCtx, condition: Fragment, most: number): Promise<AppError> {
  const found = await countMatching(tx, condition, MAX_AFFECTED + 1);
  const many = found > MAX_AFFECTED ? `More than ${MAX_AFFECTED}` : String(found);
  const message = `${many} entries match, and max_affected is ${most}; nothing was written.`;
  return new AppError('TOO_MANY_AFFECTED', message, {
    details: [{ field: 'max_affected', message, code: 'max_affected' }],
  });
}
