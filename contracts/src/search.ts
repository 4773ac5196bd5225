import { z } from 'zod';
import { query } from './contract.ts';
import { Entry, entriesContracts, entriesPath, entriesTag } from './entries.ts';
import { filter } from './filters.ts';
import { CollectionRef, cursor as listCursor, pageOf, paging, sort } from './primitives.ts';
import { fields, include } from './projection.ts';
import { consistency, MAX_SEARCH_LENGTH } from './search-words.ts';

/** The most facets of one search, and the most collections of one over several. */
export const MAX_FACETS = 10;
export const MAX_SEARCHED_COLLECTIONS = 50;

const q = z.string().min(1).max(MAX_SEARCH_LENGTH).meta({
  description:
    'Words in any case and with or without accents: all of them, the last one perhaps unfinished; "a phrase", -without. Where nothing has them, entries with similar words are found.',
  example: 'search term',
});

const facets = z
  .array(z.string().min(1).max(200))
  .max(MAX_FACETS)
  .optional()
  .meta({
    description:
      'Fields whose values are counted over everything that has the words: select, bool and relation fields, and status',
    example: ['status'],
  });

const highlight = z.boolean().optional().meta({
  description: 'False leaves out the highlights',
});

const Clauses = z
  .union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())])
  .optional();

/** Clauses (document S0, "Advanced search"): filters as lists know them, or Elasticsearch's. */
export const SearchQuery = z
  .strictObject({
    must: Clauses.meta({ description: 'All of these hold' }),
    should: Clauses.meta({
      description: 'Without must at least one of these holds; with it they count for the score',
    }),
    must_not: Clauses.meta({ description: 'None of these holds' }),
    minimum_should_match: z
      .int()
      .min(0)
      .max(50)
      .optional()
      .meta({ description: 'How many of should have to hold' }),
  })
  .meta({
    id: 'SearchQuery',
    description:
      'Clauses are {"field": value}, {"field": {operator: value}} or one of match, term, terms, range, exists and prefix',
    example: {
      must: [{ match: { title: 'post' } }],
      must_not: [{ term: { 'sys.status': 'draft' } }],
    },
  });
export type SearchQuery = z.infer<typeof SearchQuery>;

const highlights = z.record(z.string(), z.string()).meta({
  description: 'By field: HTML with <mark> around the words; of a long text a part',
  example: { title: 'New <mark>Post</mark>' },
});

/** An entry that was found. */
export const SearchHit = z
  .object({
    ...Entry.shape,
    score: z.number().nullable().meta({
      description: 'How well it fits; null where a sort was asked for',
      example: 0.6,
    }),
    highlights,
  })
  .meta({ id: 'SearchHit' });

/** A page of what was found, the best first. */
export const SearchPage = z
  .object({
    ...pageOf(SearchHit).shape,
    facets: z.record(z.string(), z.record(z.string(), z.int())).meta({
      description: 'By field that was asked for: how many entries have which value',
      example: { status: { published: 3 } },
    }),
    similar: z.boolean().meta({
      description: 'True where nothing has the words themselves, and these have similar ones',
      example: false,
    }),
  })
  .meta({ id: 'SearchPage' });
export type SearchPage = z.infer<typeof SearchPage>;

/** Ranked hits have none: every search ranks anew, and what is written meanwhile takes its place among them. */
const cursor = listCursor.meta({
  description:
    'With a sort: next_cursor or prev_cursor of another page of the same search. Ranked hits are paged by page or offset, since every search ranks anew',
});

const path = `${entriesPath}/search` as const;
const { access } = entriesContracts.list;
const ranking =
  'The best come first, of equals the newest; a title counts most. Up to the 1,000 newest of a collection are ranked and counted; with Meilisearch, the 1,000 best, words with a typing error among them.';

const view =
  'fields cuts the data down, include puts related entries in the place of their ids, as in lists.';

/** Search in one collection (document S0, "Search"). */
export const entriesSearchContracts = {
  search: query({
    method: 'GET',
    path,
    tag: entriesTag,
    summary: 'Search entries',
    description: `Finds entries by words in their text, editor, email, url and slug fields. ${ranking} ${view}`,
    access,
    input: z.strictObject({
      collection: CollectionRef,
      q,
      ...paging,
      cursor,
      sort,
      filter,
      fields,
      include,
      facets,
      highlight,
      consistency,
    }),
    output: SearchPage,
    errors: ['NOT_FOUND', 'SERVICE_UNAVAILABLE'],
    status: 200,
    filters: 'bare',
    paged: true,
  }),
  searchBy: query({
    method: 'POST',
    path,
    tag: entriesTag,
    summary: 'Search entries by a query',
    description: `Finds entries by words, clauses or both. ${ranking} ${view} Paging may stand in the query string as well.`,
    access,
    input: z.strictObject({
      collection: CollectionRef,
      q: q.optional(),
      query: SearchQuery.optional(),
      ...paging,
      cursor,
      sort,
      fields,
      include,
      facets,
      highlight,
      consistency,
    }),
    query: ['consistency'],
    anywhere: [...Object.keys(paging), 'cursor'],
    output: SearchPage,
    errors: ['NOT_FOUND', 'VALIDATION_ERROR', 'SERVICE_UNAVAILABLE'],
    status: 200,
    paged: true,
    examples: { body: { q: 'new post', facets: ['status'] } },
  }),
};

/** Search in everything that the caller may read. */
export const searchContracts = {
  all: query({
    method: 'GET',
    path: '/api/v1/search',
    tag: 'Search',
    summary: 'Search the project',
    description: `Finds entries of all collections that the caller may list, or of the named ones, by words. ${ranking} ${view} Each collection shows what it has of them.`,
    access: 'public',
    input: z.strictObject({
      q,
      collections: z
        .array(CollectionRef)
        .max(MAX_SEARCHED_COLLECTIONS)
        .optional()
        .meta({
          description: 'Names or ids; all that the caller may list unless said',
          example: ['articles'],
        }),
      ...paging,
      fields,
      include,
      highlight,
      consistency,
    }),
    output: SearchPage,
    errors: ['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'SERVICE_UNAVAILABLE'],
    status: 200,
    paged: true,
  }),
};
