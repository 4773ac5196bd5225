import { z } from 'zod';
import { query } from './contract.ts';
import { entriesContracts, entriesPath, entriesTag } from './entries.ts';
import { filter } from './filters.ts';
import { CollectionRef } from './primitives.ts';

/** How many groups one answer may hold. */
export const MAX_GROUPS = 1000;

export const aggregateFunctions = ['sum', 'avg', 'min', 'max', 'distinct'] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

/** What times are grouped by; the value of a group is its first day, or its hour, in UTC. */
export const dateBuckets = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type DateBucket = (typeof dateBuckets)[number];

const names = z
  .union([z.string().min(1).max(1000), z.array(z.string().min(1).max(300)).min(1).max(20)])
  .optional();
const inBrackets = { style: 'deepObject', explode: true } as const;

const aggregate = z
  .strictObject({
    count: z.literal('*').optional().meta({ description: 'All entries of the group' }),
    sum: names.meta({ description: 'Of numbers' }),
    avg: names.meta({ description: 'Of numbers' }),
    min: names.meta({ description: 'Of numbers, texts, dates and times' }),
    max: names.meta({ description: 'Of numbers, texts, dates and times' }),
    distinct: names.meta({ description: 'How many different values there are' }),
  })
  .optional()
  .meta({
    description:
      'What is wanted of each group, by fields separated by commas: aggregate[count]=*&aggregate[sum]=price,stock; the count alone unless said. Nulls count for nothing',
    param: inBrackets,
    example: { count: '*' },
  });

const groupBy = names.meta({
  description: `Fields or paths to one entry (author.name), separated by commas; dates and times by ${dateBuckets.join(', ')} (created_at:month), whose first day is the value; dates have no hours`,
  example: 'status',
});

const having = z
  .record(z.string(), z.unknown())
  .optional()
  .meta({
    description:
      'Which groups are wanted, by numbers: having[count][gt]=5, having[sum][price][lte]=100; eq, ne, gt, gte, lt, lte',
    param: inBrackets,
    example: { count: { gt: 0 } },
  });

const byField = z.record(z.string(), z.union([z.number(), z.string()]).nullable()).optional();

/** Numbers about entries, group by group. */
export const Aggregates = z
  .object({
    items: z.array(
      z.object({
        group: z
          .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable())
          .meta({ description: 'What its entries have in common', example: { status: 'draft' } }),
        count: z.int().optional().meta({ example: 3 }),
        sum: byField,
        avg: byField,
        min: byField,
        max: byField,
        distinct: byField,
      }),
    ),
  })
  .meta({ id: 'Aggregates' });
export type Aggregates = z.infer<typeof Aggregates>;

const path = `${entriesPath}/aggregate` as const;
const description = `Counts, sums, averages, extremes and numbers of different values, of all entries that a list would show or by groups, up to ${MAX_GROUPS} of them in order.`;

/** Numbers about the entries that a list with the same filter would show. */
export const aggregateContracts = {
  aggregate: query({
    method: 'GET',
    path,
    tag: entriesTag,
    summary: 'Aggregate entries',
    description: `${description} Filters are those of lists.`,
    access: entriesContracts.list.access,
    input: z.strictObject({
      collection: CollectionRef,
      aggregate,
      group_by: groupBy,
      having,
      filter,
    }),
    output: Aggregates,
    errors: ['NOT_FOUND'],
    status: 200,
    filters: 'bare',
  }),
  aggregateByBody: query({
    method: 'POST',
    path,
    tag: entriesTag,
    summary: 'Aggregate entries, asked by a body',
    description: `${description} The same as JSON, for filters that no URL should hold.`,
    access: entriesContracts.list.access,
    input: z.strictObject({
      collection: CollectionRef,
      aggregate,
      group_by: groupBy,
      having,
      filter,
    }),
    output: Aggregates,
    errors: ['NOT_FOUND', 'VALIDATION_ERROR'],
    status: 200,
  }),
};
