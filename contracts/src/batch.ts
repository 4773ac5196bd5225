import { z } from 'zod';
import { mutation } from './contract.ts';
import { changeErrors, Entry, EntryStatus } from './entries.ts';
import { exampleData } from './examples.ts';
import { CollectionRef, EntryId, EntryRef } from './primitives.ts';

/** The most operations one batch may hold. */
export const MAX_OPERATIONS = 1000;

const Ref = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'A name of your own for the entry of this operation', example: 'author' });

/** Stands for the id of an earlier operation's entry. */
const EntryOfRef = z.strictObject({ $ref: Ref }).meta({
  id: 'EntryOfRef',
  description: "Stands for the id of an earlier operation's entry",
});

const data = z.record(z.string(), z.unknown()).meta({
  description:
    'The fields\' values; in the place of a relation\'s id may be {"$ref":"…"}, the entry of an earlier operation',
  example: exampleData,
});

const common = { ref: Ref.optional(), collection: CollectionRef };
const written = {
  status: EntryStatus.optional(),
  locale: z.string().max(35).optional(),
};
const target = {
  id: z.union([EntryRef, EntryOfRef]),
  expected_version: z
    .int()
    .min(0)
    .optional()
    .meta({ description: 'Refuse the batch unless this is the version of the entry' }),
};

const BatchOperation = z
  .discriminatedUnion('op', [
    z.strictObject({ op: z.literal('create'), ...common, data: data.optional(), ...written }),
    z.strictObject({
      op: z.literal('update'),
      ...common,
      ...target,
      data: data.optional(),
      ...written,
    }),
    z.strictObject({ op: z.literal('delete'), ...common, ...target }),
  ])
  .meta({ id: 'BatchOperation' });
export type BatchOperation = z.infer<typeof BatchOperation>;

export const BatchReply = z
  .object({
    results: z.array(
      z.object({
        ref: z.string().nullable(),
        op: z.enum(['create', 'update', 'delete']),
        id: EntryId,
        entry: Entry.nullable().meta({ description: 'As it was written; null when deleted' }),
      }),
    ),
    dry_run: z.boolean(),
  })
  .meta({ id: 'BatchReply' });
export type BatchReply = z.infer<typeof BatchReply>;

export const batchContracts = {
  run: mutation({
    method: 'POST',
    path: '/api/v1/batch',
    tag: 'Batch',
    summary: 'Run many operations at once',
    description: `Runs up to ${MAX_OPERATIONS} creates, updates and deletes in one transaction, over any collections, in their order; errors are listed by position (operations.3.data.title) and undo everything. Who may is decided operation by operation. An operation can refer to the entry of an earlier one by its ref. A dry run does it all, answers and undoes it.`,
    access: { perOperation: true },
    input: z.strictObject({
      operations: z.array(BatchOperation).min(1).max(MAX_OPERATIONS),
      dry_run: z
        .boolean()
        .optional()
        .meta({ description: 'Only try: nothing stays of it, the ids neither' }),
    }),
    output: BatchReply,
    errors: [...changeErrors, 'PROJECT_ARCHIVED', 'VALIDATION_ERROR'],
    status: 200,
    bodyLimit: 'bulk',
    examples: {
      body: {
        operations: [{ ref: 'first', op: 'create', collection: 'articles', data: exampleData }],
      },
    },
  }),
};
