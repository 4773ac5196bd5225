import type { SearchPage } from '@cms/contracts';
import type { Cursors } from '../../content/entries/cursor.ts';
import { envelope, type Page, pageHead } from '../../content/entries/page.ts';
import type { Likeness } from '../../content/search/engine.ts';
import type { Facets } from '../../content/search/facets.ts';
import { wantedWords } from '../../content/search/highlight.ts';
import type { SearchText } from '../../content/search/search-text.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import { hitTexts, type Plans, type ShownHit } from './hit.mapper.ts';

/** What a search found, of one collection or several. */
export interface FoundPage extends Likeness {
  readonly page: Page;
  readonly hits: readonly ShownHit[];
  readonly plans: Plans;
  readonly total: number | null;
  readonly cursors?: Cursors;
  readonly facets?: Facets;
  /** Whether hits follow these. */
  readonly more: boolean;
}

/** Hits a page where the request does not say. */
export const DEFAULT_PAGE_SIZE = 30;

/** The reply of every search. */
export async function searchPage(
  found: FoundPage,
  text: SearchText | null,
  highlight: boolean | undefined,
): Promise<RawJson<SearchPage>> {
  const { page, hits, plans, total, cursors, facets = {}, similar, more } = found;
  const isWanted = text === null || highlight === false ? null : wantedWords(text.words, found);
  const items = listText(await hitTexts(hits, plans, isWanted));
  return new RawJson(
    objectText({ ...envelope(page, total, cursors), facets, similar }, 'items', items),
    pageHead(page, { more, total, cursors }),
  );
}
