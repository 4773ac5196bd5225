import { z } from 'zod';
import { mutation, query } from './contract.ts';
import { CollectionRef } from './primitives.ts';
import { MAX_SEARCHED_COLLECTIONS } from './search.ts';

const count = (description: string, example: number) => z.int().meta({ description, example });

const SearchIndex = z.object({
  collection: z.string().meta({ description: 'Name of the collection', example: 'articles' }),
  state: z.enum(['live', 'building']).meta({
    description: 'Searches ask the live one; one that is built takes its place',
    example: 'live',
  }),
  current: z.boolean().meta({
    description:
      'False where the fields have changed since: what is new is searched when the next is built',
  }),
});

/** How a project is searched, and how far its index is behind what was written. */
export const SearchStatus = z
  .object({
    engine: z.enum(['postgres', 'meilisearch']).meta({ example: 'meilisearch' }),
    available: z.boolean().meta({ description: 'Whether the engine answers' }),
    behind: z.object({
      changes: count('Committed changes that are not in the index yet; at most 10,000', 0),
      seconds: z.number().meta({ description: 'How long the oldest of them waits', example: 0 }),
    }),
    indexes: z
      .array(SearchIndex)
      .meta({ description: 'Empty where PostgreSQL searches, which needs none' }),
  })
  .meta({
    id: 'SearchStatus',
    example: {
      engine: 'meilisearch',
      available: true,
      behind: { changes: 0, seconds: 0 },
      indexes: [{ collection: 'articles', state: 'live', current: true }],
    },
  });
export type SearchStatus = z.infer<typeof SearchStatus>;

/** The search index of a project. */
export const searchIndexContracts = {
  status: query({
    method: 'GET',
    path: '/api/v1/search/status',
    tag: 'Search',
    summary: 'State of the search index',
    description:
      'Which engine searches, whether it answers, and how far its index is behind what was written.',
    access: { permission: 'schema:read' },
    input: z.strictObject({}),
    output: SearchStatus,
    errors: [],
    status: 200,
  }),
  rebuild: mutation({
    method: 'POST',
    path: '/api/v1/search/rebuild',
    tag: 'Search',
    summary: 'Rebuild the search index',
    description:
      'Builds the index of all collections, or of the named ones, anew beside the live one and then puts it in its place: searches go on meanwhile. Needed only after Meilisearch was restored from a backup. PostgreSQL has nothing to rebuild.',
    access: { permission: 'schema:manage' },
    input: z.strictObject({
      collections: z
        .array(CollectionRef)
        .min(1)
        .max(MAX_SEARCHED_COLLECTIONS)
        .optional()
        .meta({ description: 'Names or ids; all unless said', example: ['articles'] }),
    }),
    output: SearchStatus,
    errors: ['VALIDATION_ERROR'],
    status: 202,
    // What is sent as it stands is right in every project: all collections.
    examples: { body: {} },
  }),
};
