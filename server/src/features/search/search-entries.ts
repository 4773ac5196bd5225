import type { Filter, SearchPage, SearchQuery } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import { cursorsOf, type CursorScope, readCursor } from '../../content/entries/cursor.ts';
import { countMode, type PageInput, pageOfInput } from '../../content/entries/page.ts';
import { compileOrder } from '../../content/entries/order.ts';
import { readEntries } from '../../content/entries/read.ts';
import { joined } from '../../content/expressions/index.ts';
import { compileFilter, readerScope } from '../../content/filters/compile-filter.ts';
import { compilePlan, type ViewInput } from '../../content/includes/compile-plan.ts';
import type {
  Matching,
  SearchRequest,
  SearchResult,
  SearchTarget,
} from '../../content/search/engine.ts';
import { countFacets } from '../../content/search/facets.ts';
import { compileQuery } from '../../content/search/read-query.ts';
import { badSearch, readSearch, type SearchText } from '../../content/search/search-text.ts';
import type { RawJson } from '../../platform/json/raw-json.ts';
import { shownHit } from './hit.mapper.ts';
import { DEFAULT_PAGE_SIZE, type FoundPage, searchPage } from './search-page.ts';

interface SearchInput extends PageInput, Pick<ViewInput, 'fields' | 'include'> {
  readonly q?: string | undefined;
  readonly query?: SearchQuery | undefined;
  readonly filter?: Filter | undefined;
  readonly sort?: string | undefined;
  readonly facets?: readonly string[] | undefined;
  readonly highlight?: boolean | undefined;
  readonly consistency?: 'wait' | undefined;
}

/**
 * Finds entries of one collection by words, clauses and a filter, ranked or in an order of the caller's.
 * Throws INVALID_INPUT that names what is wrong.
 */
export async function searchEntries(
  ctx: CollectionCtx,
  input: SearchInput,
): Promise<RawJson<SearchPage>> {
  const scope = await readerScope(ctx);
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  if (input.cursor !== undefined && input.sort === undefined) throw unsorted();
  const plan = await compilePlan(ctx, { fields: input.fields, include: input.include });
  const text = input.q === undefined ? null : (readSearch(input.q, 'q') ?? nothing);
  const { conditions, boosts } = compileQuery(ctx, scope, input.query ?? {});
  if (input.filter !== undefined) conditions.push(compileFilter(ctx, scope, input.filter));
  const target: SearchTarget = { ctx, scope, conditions, boosts };
  const wait = input.consistency === 'wait';
  const { sort, facets: names = [] } = input;
  const asksWords = text !== null && (sort !== undefined || names.length > 0);
  const words = asksWords
    ? await ctx.search.matching(target, { text, breadth: 'texts', wait })
    : undefined;
  const [{ otherwise, ...found }, counted] = await Promise.all([
    sort === undefined
      ? rankedPage(target, { text, limit: page.limit, offset: page.offset, wait })
      : sortedPage(target, words, page, { ...input, sort }),
    names.length > 0 ? countFacets(target, words?.condition, names) : {},
  ]);
  const others = names.length > 0 ? otherwise?.(target) : undefined;
  const facets = others ? await countFacets(target, others, names) : counted;
  const plans = plan && new Map([[ctx.collection.id, plan]]);
  return searchPage({ page, ...found, plans, facets }, text, input.highlight);
}

/** Every search ranks anew, and what is written meanwhile ranks too: a place among the scores is none. */
const unsorted = () =>
  badSearch('cursor', 'A cursor needs a sort; page through ranked hits by page or by offset.');

/** A search without a word, such as `?!`, has none in common with anything. */
const nothing: SearchText = { query: '', broad: null, words: [], typed: '' };

type Found = Omit<FoundPage, 'page' | 'plans' | 'facets'> & Pick<SearchResult, 'otherwise'>;

async function rankedPage(target: SearchTarget, request: SearchRequest): Promise<Found> {
  const { hits, ...found } = await target.ctx.search.search([target], request);
  const more = request.offset + hits.length < found.total;
  return { ...found, hits: hits.map(shownHit), more };
}

/** The list that meets the same conditions, in its own order: scores say nothing in it. */
async function sortedPage(
  { ctx, scope, conditions }: SearchTarget,
  words: Matching | undefined,
  { limit, offset }: { limit: number; offset: number },
  input: SearchInput & { readonly sort: string },
): Promise<Found> {
  const { q, query, filter, sort, cursor } = input;
  const order = compileOrder(scope, sort);
  const signing: CursorScope = {
    secret: ctx.cursorSecret,
    projectId: ctx.project.id,
    collectionId: ctx.collection.id,
    order,
    filter: { q, query, filter },
  };
  const position = cursor === undefined ? undefined : readCursor(signing, cursor);
  const all = conditions.map(({ fragment }) => fragment);
  if (words) all.push(words.condition);
  const list = await readEntries(ctx, {
    filter: all.length > 0 ? joined(all, ' and ') : undefined,
    order,
    limit,
    offset,
    position,
    count: countMode(undefined, input),
  });
  const { rows, total, more } = list;
  const cursors = cursorsOf(signing, list, { position, offset });
  const hits = rows.map((row) => ({ ctx, scope, row, score: null }));
  return { hits, total, similar: false, typos: words?.typos ?? false, cursors, more };
}
