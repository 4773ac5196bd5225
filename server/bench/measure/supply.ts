import { articleOf, pick } from '../articles.ts';
import type { Supply } from '../scenarios/index.ts';

/** Numbers of articles from here on belong to the scenarios that create some. */
let nextArticle = 1_000_000_000;

/** Ids in an order that the seed decides, so that every target gets the same; articles never twice. */
export function supplyOf(ids: readonly string[], seed: number, prepared = ''): Supply {
  let drawn = seed * 1_000_003;
  return {
    anyId: () => ids[pick(drawn++, ids.length)] as string,
    newArticle: () => articleOf(nextArticle++),
    articles: ids.length,
    prepared,
  };
}
