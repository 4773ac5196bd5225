import { z } from 'zod';
import { mutation, query } from './contract.ts';
import { changeErrors, entriesTag as tag, Entry, written } from './entries.ts';
import { fields, include } from './projection.ts';
import { CollectionRef, expectedVersion } from './primitives.ts';

const singleton = '/api/v1/collections/{collection}/entry';

/** The one entry of a collection of type `singleton`. */
export const singletonContracts = {
  get: query({
    method: 'GET',
    path: singleton,
    tag,
    summary: 'Get the entry of a singleton',
    description:
      'The one entry of a singleton collection; NOT_FOUND until it is first written. fields cuts the data down, include puts related entries in the place of their ids.',
    access: { permission: 'content:read', rule: 'view' },
    input: z.strictObject({ collection: CollectionRef, fields, include }),
    output: Entry,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
  put: mutation({
    method: 'PUT',
    path: singleton,
    also: [{ method: 'PATCH', path: singleton }],
    tag,
    summary: 'Write the entry of a singleton',
    description:
      'Creates the one entry of a singleton collection, or merges the given fields into it.',
    access: { permission: 'content:write', rule: 'update' },
    input: z.strictObject({
      collection: CollectionRef,
      ...written,
      expected_version: expectedVersion,
    }),
    output: Entry,
    errors: [...changeErrors, 'VALIDATION_ERROR'],
    status: 200,
    body: 'data-or-bare',
    versioned: true,
  }),
};
