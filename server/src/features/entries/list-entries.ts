import type { Filter } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { CountMode } from '../../content/entries/count.ts';
import {
  type Cursors,
  cursorsOf,
  type CursorScope,
  readCursor,
} from '../../content/entries/cursor.ts';
import { compileOrder, newestFirst } from '../../content/entries/order.ts';
import { countMode, type Page, type PageInput, pageOfInput } from '../../content/entries/page.ts';
import { type EntryList, readEntries } from '../../content/entries/read.ts';
import { type Fragment, joined, type Scope } from '../../content/expressions/index.ts';
import { compileFilter, readerScope } from '../../content/filters/compile-filter.ts';
import { searchPredicate } from '../../content/search/search-predicate.ts';
import type { Breadth } from '../../content/search/searched-fields.ts';

export interface ListInput extends PageInput {
  readonly sort?: string | undefined;
  readonly filter?: Filter | undefined;
  /** Words that the entries have. */
  readonly search?: string | undefined;
  /** Where those are looked for: texts unless said. */
  readonly breadth?: Breadth;
  readonly count?: CountMode | undefined;
  readonly defaultSize: number;
}

export interface ListedEntries {
  readonly page: Page;
  readonly list: EntryList;
  readonly cursors: Cursors;
}

/**
 * A page of entries as the caller may see them. Throws INVALID_INPUT for mixed paging, a bad filter,
 * search or sort, or a cursor of another list.
 */
export async function listEntries(ctx: CollectionCtx, input: ListInput): Promise<ListedEntries> {
  const page = pageOfInput(input, input.defaultSize);
  const { sort, filter, search, cursor } = input;
  // Who asks for none of them has nothing to look up.
  const asks = [sort, filter, search].some((each) => each !== undefined);
  const scope = asks ? await readerScope(ctx) : undefined;
  const order =
    scope && sort !== undefined ? compileOrder(scope, sort) : newestFirst(ctx.collection);
  const signing: CursorScope = {
    secret: ctx.cursorSecret,
    projectId: ctx.project.id,
    collectionId: ctx.collection.id,
    order,
    filter,
    search,
  };
  const position = cursor === undefined ? undefined : readCursor(signing, cursor);
  const list = await readEntries(ctx, {
    filter: scope && conditionOf(ctx, scope, input),
    order,
    limit: page.limit,
    offset: page.offset,
    position,
    count: countMode(input.count, input),
  });
  const cursors = cursorsOf(signing, list, { position, offset: page.offset });
  return { page, list, cursors };
}

/** What is asked of each entry, if anything is. */
function conditionOf(
  ctx: CollectionCtx,
  scope: Scope,
  { filter, search, breadth }: ListInput,
): Fragment | undefined {
  const conditions: Fragment[] = [];
  if (filter !== undefined) conditions.push(compileFilter(ctx, scope, filter));
  if (search !== undefined) conditions.push(searchPredicate(scope, search, { breadth }));
  return conditions.length > 0 ? joined(conditions, ' and ') : undefined;
}
