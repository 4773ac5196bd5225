import { type EntryRow, isoTime } from '../../entries/row.ts';
import type { Field } from '../../fields/field.ts';
import { comparableOf, systemAttributes, timeAttribute, wordsAttribute } from './index-shape.ts';

type Data = Readonly<Record<string, unknown>>;
export type SearchDocument = { readonly id: string } & Data;

/** An entry as its index holds it: words by field, and what can be compared. */
export function documentOf(fields: readonly Field[], row: EntryRow): SearchDocument {
  const document: Record<string, unknown> = {};
  for (const [name, comparable] of Object.entries(systemAttributes)) {
    const value = row[name as keyof EntryRow];
    if (value !== null)
      document[name] = comparable === 'time' ? Date.parse(isoTime(String(value))) : value;
  }
  const data = JSON.parse(row.data) as Data;
  for (const field of fields) {
    const value = data[field.key];
    if (value === null || value === undefined) continue;
    document[wordsAttribute(field)] = wordsIn(field, value);
    if (comparableOf(field) === 'time') document[timeAttribute(field)] = Date.parse(String(value));
  }
  return { ...document, id: row.entry_id };
}

/** A value as it is searched and compared; of what has parts, the texts in them. */
function wordsIn(field: Field, value: unknown): unknown {
  if (field.type === 'number' || field.type === 'integer' || field.type === 'bool') return value;
  if (typeof value === 'string') return textOf(value);
  if (field.type === 'select' || field.type === 'relation') return value;
  return leavesOf(value);
}

/** Text without the markup, which says nothing of what it is about. */
const textOf = (text: string): string => text.replaceAll(/<\/?[a-zA-Z][^<>]*>/g, ' ');

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [textOf(value)];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}
