import { z } from 'zod';
import { fieldIdPattern } from './value-patterns.ts';
import { type Member, members } from './members.ts';
import { MAX_EXPRESSION_LENGTH } from './limits.ts';
import { FieldName } from './names.ts';
import {
  fieldTypes,
  type FieldDefinition as Definition,
  type FieldOutput,
  type SchemaFieldOutput,
} from './types.ts';

type Shape = Record<string, z.ZodType>;
type Kind = 'definition' | 'nested' | 'output';

const FieldId = z.string().regex(fieldIdPattern).meta({
  description: 'Id of the field; it stays the same when the field is renamed',
  example: 'fld_01kaj5cz5rf4q9t2jw2hq5m8e3',
});
/** An expression over the request; `""` and null leave the field to whoever reaches the entry. */
const FieldRule = z.string().max(MAX_EXPRESSION_LENGTH).nullable().optional();
const described = {
  label: z.string().max(200).optional().meta({ description: 'What people see', example: 'Title' }),
  message: z.string().min(1).max(500).optional().meta({
    description: "Said instead of the built-in text when the field's value is refused",
    example: 'Give the article a title.',
  }),
};
const flag = (description: string) => z.boolean().meta({ description, example: false });
const flags = {
  required: flag('Refuse entries where it is null or absent'),
  unique: flag('No two entries have the same value; null any number of times'),
  indexed: flag('Keep an index, so that lists can be filtered and sorted by it quickly'),
  localized: flag('Hold a value for each locale'),
  hidden: flag('Leave it out of replies but for owners and admins'),
  readonly: flag('Set on create, then unchangeable'),
};
const rules = z
  .strictObject({ read: FieldRule, write: FieldRule })
  .optional()
  .meta({
    description:
      'Who of those who reach the entry may read or write it; owners and admins always may. "" and null: all of them; else an expression over @request.auth.id, @request.auth.email, @request.auth.role, @request.method and, to write, @request.data.<field>. What may not be read is absent, what may not be written is refused.',
    example: { write: '@request.auth.role = "admin"' },
  });
const never = (why: string) =>
  z.literal(false, { error: why }).meta({ description: `Never: ${why}` });

/** The flags that a kind of definition may set: a nested field has no column of its own to index. */
function flagsOf(member: Member, kind: Kind): Shape {
  const [type] = member.types;
  if (kind === 'nested') {
    const why = (what: string) =>
      `a field inside a component or block can't be ${what}; set that on the outermost field.`;
    return {
      ...flags,
      unique: never(why('unique')),
      indexed: never(why('indexed')),
      localized: never(why('localized')),
      readonly: never(why('readonly')),
    };
  }
  if (member.indexable) return flags;
  return {
    ...flags,
    unique: never(`a ${type} value can't be compared by an index; remove unique.`),
    indexed: never(`a ${type} value can't be sorted by an index; remove indexed.`),
  };
}

const partial = (shape: Shape, but: readonly string[] = []): Shape =>
  lazily(shape, (schema, key) => (but.includes(key) ? schema : schema.optional()));

/** Maps a shape and keeps its getters, by which schemas refer to each other. */
function lazily(shape: Shape, map: (schema: z.ZodType, key: string) => z.ZodType): Shape {
  const result: Shape = {};
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(shape))) {
    const read = descriptor.get ?? (() => descriptor.value as z.ZodType);
    Object.defineProperty(result, key, { enumerable: true, get: () => map(read(), key) });
  }
  return result;
}

function typeOf(member: Member, kind: Kind): z.ZodType {
  const names = member.types.filter(
    (type) => kind !== 'output' || (fieldTypes as readonly string[]).includes(type),
  );
  return z.enum(names);
}

function variant(member: Member, kind: Kind) {
  const own = flagsOf(member, kind);
  const base = { name: FieldName, ...described, ...(kind === 'nested' ? {} : { rules }) };
  const standard = member.default
    .optional()
    .meta({ description: 'Value of a new entry without one' });
  if (kind === 'output')
    return z.object({
      id: FieldId,
      ...base,
      type: typeOf(member, kind),
      ...own,
      default: standard,
      options: z.object(partial(member.options, member.filled)),
    });
  const options = z.strictObject(partial(member.options, member.needs));
  const validation = z.strictObject({
    ...partial({
      required: flags.required.nullable(),
      unique: (own['unique'] ?? flags.unique).nullable(),
    }),
    ...lazily(member.words ?? {}, (schema) => schema.nullable().optional()),
  });
  return z
    .strictObject({
      id: FieldId.optional(),
      ...base,
      type: typeOf(member, kind),
      ...partial(own),
      default: standard,
      options: member.needs ? options : options.optional(),
      validation: validation.optional().meta({
        description:
          'The same in other words; where both are sent, the outer key and options decide',
      }),
    })
    .meta(member.across ?? {});
}

const types = fieldTypes.join(', ');
const unknownType = (issue: { code?: string; input?: unknown }): string | undefined => {
  if (issue.code !== 'invalid_union') return undefined;
  const type = (issue.input as { type?: unknown } | undefined)?.type;
  if (type === 'file')
    return 'Fields of type file are not available yet; use url, or a relation to a collection of files.';
  return `type must be one of: ${types}.`;
};

function union(kind: Kind, nested: () => z.ZodType) {
  const [first, ...others] = members(nested).map((member) => variant(member, kind));
  if (!first) throw new Error('There are no field types.');
  return z.discriminatedUnion('type', [first, ...others], { error: unknownType });
}

// The unions are built from a table, so their types are written by hand in types.ts.
const NestedFieldDefinition: z.ZodType<Definition> = union(
  'nested',
  () => NestedFieldDefinition,
).meta({
  id: 'NestedFieldDefinition',
  description: 'A field of a component or block',
}) as z.ZodType as z.ZodType<Definition>;

export type FieldDefinition = Definition;
/** A field as it is sent: its type decides which options and which kind of default it takes. */
export const FieldDefinition: z.ZodType<Definition> = union(
  'definition',
  () => NestedFieldDefinition,
).meta({
  id: 'FieldDefinition',
  description: 'A field of a collection',
  example: { name: 'title', type: 'text', required: true, options: { max_length: 200 } },
}) as z.ZodType as z.ZodType<Definition>;

export type Field = FieldOutput;
/** A field as it is shown, with everything filled in. */
export const Field: z.ZodType<FieldOutput> = union('output', () => Field).meta({
  id: 'Field',
  description: 'A field of a collection, everything filled in',
}) as z.ZodType as z.ZodType<FieldOutput>;

const word = <T extends z.ZodType>(schema: T) => schema.optional();
const scalar = z.union([z.number(), z.string()]);

export type SchemaField = SchemaFieldOutput;
/** A field in S4's words: what a value must be is in `validation`, the rest in `options`. */
export const SchemaField: z.ZodType<SchemaFieldOutput> = z
  .object({
    id: FieldId,
    name: FieldName,
    type: z.enum(fieldTypes),
    ...described,
    validation: z.object({
      required: flags.required,
      unique: flags.unique,
      min: word(scalar),
      max: word(scalar),
      min_length: word(z.int()),
      max_length: word(z.int()),
      pattern: word(z.string()),
      values: word(z.array(z.string())),
    }),
    indexed: flags.indexed,
    localized: flags.localized,
    hidden: flags.hidden,
    readonly: flags.readonly,
    default: z.unknown().optional(),
    rules,
    options: z.object({
      from: word(z.string()),
      multiple: word(z.boolean()),
      schema: word(z.record(z.string(), z.unknown())),
      collection: word(z.string()),
      on_delete: word(z.enum(['restrict', 'cascade', 'set_null'])),
      fields: word(z.array(Field)),
      blocks: word(z.record(z.string(), z.array(Field))),
      min_items: word(z.int()),
      max_items: word(z.int()),
    }),
  })
  .meta({ id: 'SchemaField', description: 'The same field in the words of validation' });
