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
import { compileRead, readerScope } from '../../content/filters/compile-filter.ts';
import { readFilter } from '../../content/filters/read-filter.ts';
import type { BoundCondition } from '../../content/policy/bound-rule.ts';
import { readSearch } from '../../content/search/search-text.ts';
import type { Breadth } from '../../content/search/searched-fields.ts';

export interface ListInput extends PageInput {
  readonly sort?: string | undefined;
  readonly filter?: Filter | undefined;
  /** Words that the entries have. */
  readonly search?: string | undefined;
  /** Where those are looked for: texts unless said. */
  readonly breadth?: Breadth;
  readonly consistency?: 'wait' | undefined;
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
    filter: search === undefined ? filter : { filter, search },
  };
  const position = cursor === undefined ? undefined : readCursor(signing, cursor);
  const list = await readEntries(ctx, {
    filter: scope && (await conditionOf(ctx, scope, input)),
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
async function conditionOf(
  ctx: CollectionCtx,
  scope: Scope,
  { filter, search, breadth = 'texts', consistency }: ListInput,
): Promise<Fragment | undefined> {
  const conditions: BoundCondition[] = [];
  if (filter !== undefined) conditions.push(compileRead(ctx, scope, readFilter(filter)));
  const fragments = conditions.map(({ fragment }) => fragment);
  if (search !== undefined) {
    const target = { ctx, scope, conditions, boosts: [] };
    const text = readSearch(search, 'search');
    const wait = consistency === 'wait';
    fragments.push((await ctx.search.matching(target, { text, breadth, wait })).condition);
  }
  return fragments.length > 0 ? joined(fragments, ' and ') : undefined;
}
