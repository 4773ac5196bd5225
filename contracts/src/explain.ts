import { z } from 'zod';
import { EntryData } from './entries.ts';
import { query } from './contract.ts';
import { permissions, ruleActions } from './permissions.ts';
import { CollectionRef } from './primitives.ts';

const action = z.enum(ruleActions).meta({ description: 'What is to be done', example: 'update' });

const FieldAccess = z.object({
  allowed: z.boolean(),
  rule: z.string().nullable().meta({ description: "The field's own rule; null where it has none" }),
  reason: z.string().nullable().meta({ description: 'Why not; null where it is allowed' }),
});

export const Explanation = z
  .object({
    allowed: z.boolean(),
    reason: z.string().meta({ description: 'What decided, in a sentence or two' }),
    permission: z.object({
      needed: z.enum(permissions),
      held: z.boolean(),
      own_only: z.boolean().meta({ description: 'Held for what the caller created, and no more' }),
      by: z
        .array(z.string())
        .meta({ description: 'Names of the roles that give it', example: ['editor'] }),
    }),
    rule: z
      .object({
        action,
        expression: z
          .string()
          .nullable()
          .meta({ description: 'Null for who may not read the schema' }),
        result: z
          .boolean()
          .nullable()
          .meta({ description: 'Null where it depends on an entry or data that was not named' }),
      })
      .nullable()
      .meta({ description: "The collection's rule, where one decides" }),
    fields: z
      .array(z.object({ name: z.string(), read: FieldAccess, write: FieldAccess }))
      .meta({ description: 'What may be seen and set of an entry that is reached' }),
  })
  .meta({
    id: 'Explanation',
    example: {
      allowed: true,
      reason: 'You have the permission content:write by the role editor.',
      permission: { needed: 'content:write', held: true, own_only: false, by: ['editor'] },
      rule: null,
      fields: [
        {
          name: 'title',
          read: { allowed: true, rule: null, reason: null },
          write: { allowed: true, rule: null, reason: null },
        },
      ],
    },
  });
export type Explanation = z.infer<typeof Explanation>;

/** Why somebody may do something, or not: by the very rules that decide when it is done. */
export const permissionsContracts = {
  explain: query({
    method: 'POST',
    path: '/api/v1/permissions/explain',
    tag: 'Permissions',
    summary: 'Explain a permission',
    description:
      'Says whether an action would be allowed, and which permission or rule decides, down to the fields. Everybody may ask about itself, who manages users or members about others too. Nothing is changed.',
    access: { known: true },
    input: z.strictObject({
      action,
      collection: CollectionRef.optional().meta({
        description: 'Id or name; without one only the permission is looked at',
      }),
      entry_id: z.string().min(1).max(100).optional().meta({
        description: 'The entry that it would be done to',
        example: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3',
      }),
      user_id: z.string().min(1).max(100).optional().meta({
        description: 'Whose permission; the own one where not said',
        example: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
      }),
      data: EntryData.optional().meta({ description: 'What would be sent' }),
    }),
    output: Explanation,
    errors: [],
    status: 200,
    examples: { body: { action: 'update' } },
  }),
};
