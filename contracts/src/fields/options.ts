import { z } from 'zod';
import {
  MAX_JSON_SCHEMA_LENGTH,
  MAX_LIST_ITEMS,
  MAX_PATTERN_LENGTH,
  MAX_SELECT_VALUE_LENGTH,
  MAX_SELECT_VALUES,
  MAX_TEXT_LENGTH,
} from './limits.ts';
import { datePattern, dateTimePattern } from './value-patterns.ts';
import { namePattern } from '../primitives.ts';

const length = (description: string, example: number) =>
  z.int().min(0).max(MAX_TEXT_LENGTH).meta({ description, example });
const bound = (description: string, example: number) => z.number().meta({ description, example });
const whole = (description: string, example: number) => z.int().meta({ description, example });

/** The words of each type's `options` that `validation` may say too. */
export const textWords = {
  min_length: length('Fewest characters (Unicode code points)', 1),
  max_length: length('Most characters (Unicode code points)', 200),
  pattern: z.string().min(1).max(MAX_PATTERN_LENGTH).meta({
    description:
      'Regular expression (RE2 syntax, matched in linear time) that is found in the value; anchor it with ^ and $',
    example: '^[A-Z]',
  }),
};
export const numberWords = { min: bound('Least value', 0), max: bound('Greatest value', 100) };
export const integerWords = { min: whole('Least value', 0), max: whole('Greatest value', 100) };

const day = (description: string) =>
  z.string().regex(datePattern).meta({ format: 'date', description, example: '2024-01-31' });
const moment = (description: string) =>
  z.string().regex(dateTimePattern).meta({
    format: 'date-time',
    description,
    example: '2024-01-31T09:30:00.000Z',
  });
export const dateWords = { min: day('First day allowed'), max: day('Last day allowed') };
export const dateTimeWords = {
  min: moment('First moment allowed'),
  max: moment('Last moment allowed'),
};

export const selectWords = {
  values: z
    .array(z.string().min(1).max(MAX_SELECT_VALUE_LENGTH))
    .min(1)
    .max(MAX_SELECT_VALUES)
    .refine((values) => new Set(values).size === values.length, {
      error: 'A value is listed twice.',
    })
    .meta({
      description: 'The values to choose from',
      example: ['news', 'guide'],
      uniqueItems: true,
    }),
};

const multiple = z.boolean().meta({ description: 'Hold a list of them', example: false });
const items = (description: string) =>
  z.int().min(0).max(MAX_LIST_ITEMS).meta({ description, example: 3 });

export const onDeleteRules = ['restrict', 'cascade', 'set_null'] as const;

export const slugOptions = {
  ...textWords,
  from: z.string().regex(namePattern).meta({
    description: 'Text field beside this one that a new slug is made from when none is sent',
    example: 'title',
  }),
};
export const selectOptions = { ...selectWords, multiple };
export const jsonOptions = {
  schema: z
    .record(z.string(), z.unknown())
    .refine((schema) => JSON.stringify(schema).length <= MAX_JSON_SCHEMA_LENGTH, {
      error: `The schema may have at most ${MAX_JSON_SCHEMA_LENGTH} characters.`,
    })
    .meta({
      description: 'JSON Schema (2020-12, without remote references) that values must fit',
      example: { type: 'object' },
    }),
};
export const relationOptions = {
  collection: z.string().regex(namePattern).meta({
    description: 'Name or id of the collection whose entries are referred to',
    example: 'authors',
  }),
  multiple,
  on_delete: z.enum(onDeleteRules).meta({
    description:
      'What becomes of this entry when the one it refers to is deleted: restrict (the default) forbids that delete, cascade deletes it too, set_null clears the field',
  }),
};
export const listWords = {
  min_items: items('Fewest items'),
  max_items: items('Most items'),
};
export const multipleOption = multiple;
