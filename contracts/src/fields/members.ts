import { z } from 'zod';
import {
  MAX_BLOCK_TYPES,
  MAX_EMAIL_LENGTH,
  MAX_FIELDS_PER_LEVEL,
  MAX_SLUG_LENGTH,
  MAX_URL_LENGTH,
} from './limits.ts';
import { BlockName } from './names.ts';
import {
  dateTimeWords,
  dateWords,
  integerWords,
  jsonOptions,
  listWords,
  multipleOption,
  numberWords,
  relationOptions,
  selectOptions,
  selectWords,
  slugOptions,
  textWords,
} from './options.ts';
import {
  datePattern,
  dateTimePattern,
  emailPattern,
  entryIdPattern,
  slugPattern,
  urlPattern,
} from './value-patterns.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** One group of types that share their options: what the union of definitions is made of. */
export interface Member {
  readonly types: readonly [string, ...string[]];
  readonly options: Shape;
  /** Options that a definition must have, and those that a reply always has. */
  readonly needs?: readonly string[];
  readonly filled?: readonly string[];
  /** Options that `validation` may say instead. */
  readonly words?: Shape;
  readonly default: z.ZodType;
  /** Whether the database can index its values, and hold them unique. */
  readonly indexable: boolean;
  /** JSON Schema of rules across several keys; the server checks the same in words. */
  readonly across?: Readonly<Record<string, unknown>>;
}

const text = z.string();
const nowOr = (pattern: RegExp) =>
  z.union([z.literal('now'), z.string().regex(pattern)], {
    error: 'Use a fixed value, or "now" for the moment of creation.',
  });
const oneOrMore = <T extends z.ZodType>(one: T) => z.union([one, z.array(one)]);

const has = (key: string, schema: unknown) => ({ required: [key], properties: { [key]: schema } });
const isTrue = { const: true };
const listOfText = { type: 'array', items: { type: 'string' } };
const flagged = (flag: string) => ({
  anyOf: [has(flag, isTrue), has('validation', has(flag, isTrue))],
});
const uniqueList = { allOf: [flagged('unique'), has('options', has('multiple', isTrue))] };
const clearedRequired = {
  allOf: [
    flagged('required'),
    has('options', {
      ...has('on_delete', { const: 'set_null' }),
      not: has('multiple', isTrue),
    }),
  ],
};

/** The groups of types; `nested` makes the list of a component's or block's own fields. */
export function members(nested: () => z.ZodType): readonly Member[] {
  const fields = () =>
    z.array(nested()).min(1).max(MAX_FIELDS_PER_LEVEL).meta({ description: 'Its own fields' });
  const plain = { words: textWords, options: textWords, indexable: true };
  return [
    { ...plain, types: ['text', 'editor', 'richtext'], default: text },
    { ...plain, types: ['email'], default: text.max(MAX_EMAIL_LENGTH).regex(emailPattern) },
    { ...plain, types: ['url'], default: text.max(MAX_URL_LENGTH).regex(urlPattern) },
    {
      ...plain,
      types: ['slug'],
      options: slugOptions,
      default: text.max(MAX_SLUG_LENGTH).regex(slugPattern),
    },
    group(['number'], numberWords, z.number()),
    group(['integer'], integerWords, z.int()),
    group(['bool', 'boolean'], {}, z.boolean()),
    group(['date'], dateWords, nowOr(datePattern)),
    group(['datetime'], dateTimeWords, nowOr(dateTimePattern)),
    {
      ...group(['select'], selectWords, oneOrMore(text)),
      options: selectOptions,
      filled: ['values', 'multiple'],
      across: {
        not: uniqueList,
        anyOf: [
          has('options', has('values', listOfText)),
          has('validation', has('values', listOfText)),
        ],
      },
    },
    { types: ['json'], options: jsonOptions, default: z.unknown(), indexable: false },
    {
      types: ['relation'],
      options: relationOptions,
      needs: ['collection'],
      filled: ['collection', 'multiple', 'on_delete'],
      default: oneOrMore(text.regex(entryIdPattern)),
      indexable: true,
      across: { not: { anyOf: [uniqueList, clearedRequired] } },
    },
    {
      types: ['geo_point', 'geopoint'],
      options: {},
      default: z.strictObject({
        lat: z.number().min(-90).max(90),
        lng: z.number().min(-180).max(180),
      }),
      indexable: false,
    },
    {
      types: ['component'],
      options: {
        get fields() {
          return fields();
        },
        multiple: multipleOption,
        ...listWords,
      },
      needs: ['fields'],
      filled: ['fields', 'multiple'],
      default: oneOrMore(z.record(z.string(), z.unknown())),
      indexable: false,
    },
    {
      types: ['blocks'],
      options: {
        get blocks() {
          return blocksOf(fields());
        },
        ...listWords,
      },
      needs: ['blocks'],
      filled: ['blocks'],
      default: z.array(z.record(z.string(), z.unknown())),
      indexable: false,
    },
  ];
}

const group = (types: Member['types'], words: Shape, standard: z.ZodType): Member => ({
  types,
  words,
  options: words,
  default: standard,
  indexable: true,
});

const blocksOf = (fields: z.ZodType) =>
  z
    .record(BlockName, fields)
    .refine((blocks) => Object.keys(blocks).length > 0, {
      error: 'Name at least one kind of block.',
    })
    .refine((blocks) => Object.keys(blocks).length <= MAX_BLOCK_TYPES, {
      error: `Name at most ${MAX_BLOCK_TYPES} kinds of block.`,
    })
    .meta({
      description: 'Each kind of block with its own fields',
      minProperties: 1,
      maxProperties: MAX_BLOCK_TYPES,
    });
