import type { Filter } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { CountMode } from '../../content/entries/count.ts';
import {
  type Cursors,
  cursorsOf,
  type CursorScope,
  readCursor,
} from '../../content/entries/cursor.ts';
import { compileOrder, newestFirst, withoutNulls } from '../../content/entries/order.ts';
import { countMode, type Page, type PageInput, pageOfInput } from '../../content/entries/page.ts';
import { type EntryList, readEntries } from '../../content/entries/read.ts';
import { joined, type Scope } from '../../content/expressions/index.ts';
import { type Compiled, compileFilter, readerScope } from '../../content/filters/compile-filter.ts';
import { besideOf } from '../../content/includes/beside-of.ts';
import type { Plan } from '../../content/includes/plan.ts';
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
  /** How they are to be shown: what is included is read with them where that can be. */
  readonly plan?: Plan | undefined;
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
  const wanted = scope && (await conditionOf(ctx, scope, input));
  const position = cursor === undefined ? undefined : readCursor(signing, cursor);
  const list = await readEntries(ctx, {
    filter: wanted?.fragment,
    order: withoutNulls(order, wanted?.present),
    limit: page.limit,
    offset: page.offset,
    position,
    count: countMode(input.count, input),
    beside: input.plan && besideOf(input.plan),
  });
  const cursors = cursorsOf(signing, list, { position, offset: page.offset });
  return { page, list, cursors };
}

/** What is asked of each entry, if anything is. */
async function conditionOf(
  ctx: CollectionCtx,
  scope: Scope,
  { filter, search, breadth = 'texts', consistency }: ListInput,
): Promise<Partial<Pick<Compiled, 'fragment' | 'present'>>> {
  const filtered = filter === undefined ? undefined : compileFilter(ctx, scope, filter);
  const fragments = filtered ? [filtered.fragment] : [];
  if (search !== undefined) {
    const target = { ctx, scope, conditions: filtered ? [filtered] : [], boosts: [] };
    const text = readSearch(search, 'search');
    const wait = consistency === 'wait';
    fragments.push((await ctx.search.matching(target, { text, breadth, wait })).condition);
  }
  if (fragments.length === 0) return {};
  return { ...filtered, fragment: joined(fragments, ' and ') };
}
