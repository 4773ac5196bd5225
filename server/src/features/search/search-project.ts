import { MAX_SEARCHED_COLLECTIONS, type SearchPage } from '@cms/contracts';
import type { CollectionCtx, Ctx } from '../../content/context.ts';
import { type PageInput, pageOfInput } from '../../content/entries/page.ts';
import { readerScope } from '../../content/filters/compile-filter.ts';
import type { ViewInput } from '../../content/includes/compile-plan.ts';
import { compilePlans } from '../../content/includes/compile-plans.ts';
import { mayKnow } from '../../content/principal-in-project.ts';
import { refused } from '../../content/policy/access.ts';
import { openCollection, type Opening } from '../../content/policy/open-collection.ts';
import type { SearchTarget } from '../../content/search/engine.ts';
import { badSearch, readSearch } from '../../content/search/search-text.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { RawJson } from '../../platform/json/raw-json.ts';
import { shownHit } from './hit.mapper.ts';
import { DEFAULT_PAGE_SIZE, searchPage } from './search-page.ts';

interface SearchInput extends PageInput, Pick<ViewInput, 'fields' | 'include'> {
  readonly q: string;
  readonly collections?: readonly string[] | undefined;
  readonly highlight?: boolean | undefined;
  readonly consistency?: 'wait' | undefined;
}

/** Listing is what a caller must be allowed, and what decides entry by entry. */
const listing: Opening = { permission: 'content:read', action: 'list', writes: false };

/**
 * Finds entries of all collections that are open to the caller, or of those that it names, ranked
 * together. Throws what the list of a named collection throws, UNAUTHORIZED or FORBIDDEN for who may
 * list none at all, INVALID_INPUT where there are too many.
 */
export async function searchProject(ctx: Ctx, input: SearchInput): Promise<RawJson<SearchPage>> {
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  const text = readSearch(input.q, 'q');
  const opened = input.collections
    ? await Promise.all([...new Set(input.collections)].map((name) => open(ctx, name)))
    : await everyOpen(ctx);
  if (opened.length > MAX_SEARCHED_COLLECTIONS)
    throw badSearch(
      'collections',
      `Name up to ${MAX_SEARCHED_COLLECTIONS} collections; you may search ${opened.length}.`,
    );
  const targets = await Promise.all(
    opened.map(async (own): Promise<SearchTarget> => ({
      ctx: own,
      scope: await readerScope(own),
      conditions: [],
      boosts: [],
    })),
  );
  const plans = await compilePlans(opened, input);
  const { limit, offset } = page;
  const wait = input.consistency === 'wait';
  const { hits, total, similar, typos } = text
    ? await ctx.search.search(targets, { text, limit, offset, wait })
    : { hits: [], total: 0, similar: false, typos: false };
  const more = offset + hits.length < total;
  return searchPage(
    { page, hits: hits.map(shownHit), plans, total, similar, typos, more },
    text ?? null,
    input.highlight,
  );
}

/** A context of one collection: an operation on several has one for each. */
const open = async (ctx: Ctx, reference: string): Promise<CollectionCtx> => ({
  ...ctx,
  ...(await openCollection(ctx, reference, listing)),
});

async function everyOpen(ctx: Ctx): Promise<CollectionCtx[]> {
  if (!mayKnow(ctx.principal, ctx.project)) throw refused(ctx.principal);
  const { collections } = await ctx.schemas.project(ctx.project.id);
  const tried = await Promise.all(
    collections.map(({ id }) =>
      open(ctx, id).catch((error: unknown) => {
        if (error instanceof AppError) return undefined;
        throw error;
      }),
    ),
  );
  const opened = tried.filter((each) => each !== undefined);
  // Nobody in particular learns nothing, not even that there are no collections.
  if (opened.length === 0 && !ctx.principal.permissions.has('content:read'))
    throw refused(ctx.principal);
  return opened;
}
