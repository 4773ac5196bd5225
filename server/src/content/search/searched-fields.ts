import { type Fragment, joined, type Scope, sql } from '../expressions/index.ts';
import type { Field } from '../fields/field.ts';
import { listExpression, textExpression, wordsExpression } from '../fields/index-expression.ts';
import { quoteName } from '../../platform/db/sql.ts';

/** `texts`: what people write (document S4); `all`: every field's value (document S3). */
export type Breadth = 'texts' | 'all';

/** Fields that a search looks into, for one reader: what it may not read is not there. */
export interface SearchedFields {
  /** Name of the partition, quoted. */
  readonly table: string;
  /** The first text field, which counts most: the title, as a rule. */
  readonly title: Field | undefined;
  readonly texts: readonly Field[];
  /** Components and blocks that the reader sees all of, and what else is looked into. */
  readonly rest: readonly Field[];
}

const textual: ReadonlySet<string> = new Set(['text', 'editor', 'email', 'url', 'slug']);
export const isTextual = ({ type }: Field): boolean => textual.has(type);

/** The fields of a scope's collection that a search of some breadth looks into. */
export function searchedFields(scope: Scope, breadth: Breadth): SearchedFields {
  const { collection } = scope;
  const open = collection.fields.filter((field) => isOpen(scope, field));
  const [title, ...texts] = open.filter(isTextual);
  const rest = open.filter(
    (field) => !isTextual(field) && (breadth === 'all' || nestedOf(field).length > 0),
  );
  return { table: quoteName(collection.storage), title, texts, rest };
}

const nestedOf = (field: Field): readonly Field[] => {
  if (field.type === 'component') return field.options.fields;
  return field.type === 'blocks' ? Object.values(field.options.blocks).flat() : [];
};

/** What holds a field that the reader must not see is not looked into at all. */
const isOpen = (scope: Scope, field: Field): boolean =>
  (scope.reads?.(scope.collection, field) ?? true) &&
  nestedOf(field).every((own) => isOpen(scope, own));

/** What the index of every partition holds: all words of an entry, of whatever field. */
export const indexedWords = (table: string): Fragment => [wordsExpression(`${table}.data`)];

/** The words that the reader may search, the title's as the weightiest; undefined where there are none. */
export function searchedWords({ table, title, texts, rest }: SearchedFields): Fragment | undefined {
  const source = `${table}.data`;
  const parts: Fragment[] = [];
  if (title) parts.push(sql`setweight(${wordsExpression(textOf([title], source))}, 'A')`);
  if (texts.length > 0) parts.push(sql`setweight(${wordsExpression(textOf(texts, source))}, 'B')`);
  if (rest.length > 0) {
    const values = rest.map((field) => listExpression(field, source)).join(', ');
    parts.push(sql`setweight(${wordsExpression(`jsonb_build_array(${values})`)}, 'C')`);
  }
  // Nothing at all has no words: of a row without a text as of one with an empty one.
  const known = parts.map((part) => sql`coalesce(${part}, ''::tsvector)`);
  return known.length > 0 ? joined(known, ' || ') : undefined;
}

const textOf = (fields: readonly Field[], source: string): string => {
  const texts = fields.map((field) => textExpression(field, source));
  return texts.length === 1 ? String(texts[0]) : `concat_ws(E'\\n', ${texts.join(', ')})`;
};
