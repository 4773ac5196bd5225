import { z } from 'zod';
import { namePattern } from '../primitives.ts';

/** Names that would be ambiguous in a body or a filter, or a trap in a program that reads one. */
export const reservedFieldNames = [
  'id',
  'data',
  'sys',
  'constructor',
  'prototype',
  'toString',
  'toLocaleString',
  'toJSON',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'then',
] as const;

/** In a block `type` says which kind of block it is. */
export const reservedBlockFieldName = 'type';

const reserved = new Set<string>(reservedFieldNames.map((name) => name.toLowerCase()));

/** True where a field can't be called that, whatever its case. */
export const isReservedFieldName = (name: string): boolean => reserved.has(name.toLowerCase());

const anyCase = (word: string) =>
  [...word].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join('');

/** The name of a field, as every reply and filter spells it. */
export const FieldName = z
  .string()
  .regex(namePattern, { error: 'Use a letter, then up to 62 letters, digits or underscores.' })
  .refine((name) => !isReservedFieldName(name), {
    error: (issue) =>
      `"${String(issue.input)}" is reserved. Choose another name, such as "my_${String(issue.input)}".`,
  })
  .meta({
    id: 'FieldName',
    description: `The key in an entry's data; unique in its level regardless of case. Reserved: ${reservedFieldNames.join(', ')}`,
    example: 'title',
    not: { pattern: `^(${reservedFieldNames.map(anyCase).join('|')})$` },
  });

/** The name of one kind of block. */
export const BlockName = z
  .string()
  .regex(namePattern, { error: 'Use a letter, then up to 62 letters, digits or underscores.' })
  .refine((name) => !isReservedFieldName(name), { error: 'This name is reserved.' })
  .meta({ not: { pattern: `^(${reservedFieldNames.map(anyCase).join('|')})$` } });
