import { z } from 'zod';
import { mutation, query } from './contract.ts';
import { EntryStatus } from './entries.ts';
import { exampleCollection, exampleNewCollection } from './examples.ts';
import { Field, FieldDefinition, SchemaField } from './fields.ts';
import { MAX_EXPRESSION_LENGTH } from './filters.ts';
import {
  CollectionRef,
  expectedVersion,
  Name,
  Nothing,
  pageOf,
  paging,
  Timestamp,
  typeId,
} from './primitives.ts';

const tag = 'Collections';
const collections = '/api/v1/collections';

export const collectionTypes = ['content', 'base', 'singleton'] as const;
export const CollectionType = z.enum(collectionTypes).meta({
  id: 'CollectionType',
  description: 'content (the default), base (another word for it), or singleton (one entry)',
});
export const collectionStatuses = ['published', 'draft', 'archived'] as const;
export const CollectionStatus = z.enum(collectionStatuses).meta({
  id: 'CollectionStatus',
  description: 'draft is seen only by who manages the schema; archived can only be read',
});

/**
 * A row rule: `""` lets everybody in, null leaves it to the caller's permissions, an expression lets in
 * to the entries that it holds for.
 */
const Rule = z.string().max(MAX_EXPRESSION_LENGTH).nullable().meta({
  id: 'Rule',
  description:
    'Null leaves it to the role; "" is public; an expression decides by the entry: fields and dotted relation paths, = != > >= < <= ~ !~ ?=, && || ! ( ), texts in quotes, numbers, true, false, null, lists [a,b], @now, @today, @day+7, @request.auth.id, @request.auth.email, @request.auth.role, @request.data.<field>, @request.method',
  example: 'featured = true',
});
const rules = { list: Rule, view: Rule, create: Rule, update: Rule, delete: Rule };
export const Rules = z
  .strictObject(rules)
  .partial()
  .meta({
    id: 'Rules',
    description:
      'Who may do what with which entries; a rule that is set decides alone, but for owners and admins',
    example: { list: '', view: 'featured = true' },
  });

export const CollectionOptions = z
  .strictObject({
    require_if_match: z
      .boolean()
      .optional()
      .meta({ description: 'Refuse updates and deletes without If-Match' }),
  })
  .meta({ id: 'CollectionOptions' });

const fields = z.array(FieldDefinition).max(200);
const settings = {
  label: z.string().max(200).nullable().optional(),
  type: CollectionType.optional(),
  status: CollectionStatus.optional(),
  default_status: EntryStatus.optional().meta({
    description: 'Status of a new entry that does not say one; published unless changed here',
  }),
  fields: fields.optional(),
  schema: fields.optional().meta({ description: 'The same as fields; send one of the two' }),
  options: CollectionOptions.optional(),
  rules: Rules.optional(),
  list_rule: Rule.optional(),
  view_rule: Rule.optional(),
  create_rule: Rule.optional(),
  update_rule: Rule.optional(),
  delete_rule: Rule.optional(),
};

/** `fields` and `schema` are the same list: sending both is refused. */
const oneList = { not: { required: ['fields', 'schema'], properties: { fields: {}, schema: {} } } };

export const Collection = z
  .object({
    id: typeId('col'),
    name: Name,
    label: z.string().nullable(),
    type: CollectionType,
    status: CollectionStatus,
    default_status: EntryStatus,
    fields: z.array(Field),
    schema: z.array(SchemaField),
    options: CollectionOptions,
    rules: z.object(rules),
    revision: z.int(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: 'Collection', example: exampleCollection });
export type Collection = z.infer<typeof Collection>;

const confirm = z.boolean().optional().meta({
  description: 'Carry out a change that loses data; without it such a change is refused',
});

export const collectionsContracts = {
  list: query({
    method: 'GET',
    path: collections,
    tag,
    summary: 'List collections',
    description: 'The collections of the project by name, with their fields.',
    access: { permission: 'schema:read' },
    input: z.strictObject({
      ...paging,
      type: CollectionType.optional(),
      status: CollectionStatus.optional(),
    }),
    output: pageOf(Collection).meta({ id: 'CollectionPage' }),
    errors: [],
    status: 200,
    paged: true,
  }),
  get: query({
    method: 'GET',
    path: `${collections}/{collection}`,
    tag,
    summary: 'Get a collection',
    description: 'One collection by its id or name.',
    access: { permission: 'schema:read' },
    input: z.strictObject({ collection: CollectionRef }),
    output: Collection,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
  create: mutation({
    method: 'POST',
    path: collections,
    tag,
    summary: 'Create a collection',
    description:
      'Creates a collection with its fields (as fields, or as schema with validation); unique and indexed fields get real indexes.',
    access: { permission: 'schema:manage' },
    input: z.strictObject({ name: Name, ...settings }).meta(oneList),
    output: Collection,
    errors: ['CONFLICT', 'VALIDATION_ERROR'],
    status: 201,
    location: `${collections}/{id}`,
    versioned: true,
    examples: { body: exampleNewCollection },
  }),
  update: mutation({
    method: 'PATCH',
    path: `${collections}/{collection}`,
    also: [{ method: 'PUT', path: `${collections}/{collection}` }],
    tag,
    summary: 'Update a collection',
    description:
      'Changes what is given. fields (or schema) is the whole new list: a field is known by its id, or else by its name; one with an id and a new name is renamed and keeps its data. Dropping a field or changing its type where that loses data needs confirm.',
    access: { permission: 'schema:manage' },
    input: z
      .strictObject({
        collection: CollectionRef,
        name: Name.optional(),
        ...settings,
        confirm,
        expected_version: expectedVersion,
      })
      .meta(oneList),
    output: Collection,
    errors: [
      'NOT_FOUND',
      'CONFLICT',
      'CONFIRMATION_REQUIRED',
      'PRECONDITION_FAILED',
      'VALIDATION_ERROR',
    ],
    status: 200,
    query: ['confirm'],
    versioned: true,
    examples: { body: { label: 'News', rules: { list: '', view: '' } } },
  }),
  delete: mutation({
    method: 'DELETE',
    path: `${collections}/{collection}`,
    tag,
    summary: 'Delete a collection',
    description:
      'Deletes a collection with all its entries. Refused while relation fields of other collections point to it.',
    access: { permission: 'schema:manage' },
    input: z.strictObject({ collection: CollectionRef, expected_version: expectedVersion }),
    output: Nothing,
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
    status: 204,
  }),
};
