import { isIndexable, listExpression, textExpression } from './index-expression.ts';
import type { Field } from './field.ts';
import { typeOf } from './types/index.ts';

/** Fields by what their words are worth to a search. */
export interface WordFields {
  /** The first text field, which counts most. */
  readonly title: Field | undefined;
  readonly texts: readonly Field[];
  /** Components and blocks. */
  readonly nested: readonly Field[];
  /** What only a search of every value looks into. */
  readonly others: readonly Field[];
}

const textual: ReadonlySet<string> = new Set(['text', 'editor', 'email', 'url', 'slug']);

/** The fields within a component or blocks. */
export const nestedOf = (field: Field): readonly Field[] => {
  if (field.type === 'component') return field.options.fields;
  return field.type === 'blocks' ? Object.values(field.options.blocks).flat() : [];
};

/** Whether a search of texts looks into a field. */
export const isSearchable = (field: Field): boolean =>
  textual.has(field.type) || nestedOf(field).length > 0;

/** Whether whoever reads an entry reads all of a field. */
export const isOpenToAll = (field: Field): boolean =>
  !field.hidden && !field.rules?.read && nestedOf(field).every(isOpenToAll);

/** Sorts out fields; short texts stand before long ones, which a limit may cut. */
export function wordFields(fields: readonly Field[], others: readonly Field[]): WordFields {
  const [title, ...texts] = fields.filter(({ type }) => textual.has(type));
  const isLong = ({ type }: Field) => type === 'editor';
  return {
    title,
    texts: [...texts.filter((field) => !isLong(field)), ...texts.filter(isLong)],
    nested: fields.filter((field) => nestedOf(field).length > 0),
    others,
  };
}

/**
 * What stands before every word that a search of texts does not look into, in the stored words: a letter that
 * nobody types. The index then tells them apart by itself, where weights would have to be looked up row by row.
 */
export const mark = '\u{A7FF}';

/** The function that puts the mark before every word of a vector, where it stands, with the least weight: for migrations. */
export const markedFunction = String.raw`create or replace function cms_marked(source tsvector) returns tsvector language sql immutable parallel safe
  return (select coalesce(string_agg(
      '''' || replace(replace('${mark}' || lexeme, '\', '\\'), '''', '''''') || ''''
        || case when positions is null then '' else ':' || array_to_string(positions, ',') end, ' '), '')::tsvector
    from unnest(source))`;

/**
 * The words of an entry as they are stored with it and indexed, as SQL over the jsonb of its data, by
 * storage keys. What not everybody reads is marked as what only a search of every value looks into, so that a
 * search of texts finds by it only where the reader is asked for.
 */
export function storedWords(fields: readonly Field[], source: string): string {
  const inTexts = (field: Field) => isSearchable(field) && isOpenToAll(field);
  const own = wordFields(
    fields.filter(inTexts),
    fields.filter((field) => !inTexts(field)),
  );
  return weighedWords(own, source) ?? `''::tsvector`;
}

/**
 * Characters of each weight that are looked through. A tsvector holds 1 MB, and a character takes 4.5 bytes of
 * it at most: a longer text is found by its beginning, and no write fails.
 */
const MAX_CHARACTERS = { title: 20_000, texts: 100_000, nested: 50_000, others: 20_000 } as const;

/** The words of fields with their weights, from A for the title's to C, and marked the others', as SQL; undefined of no fields. */
export function weighedWords(
  { title, texts, nested, others }: WordFields,
  source: string,
): string | undefined {
  const isScalar = (field: Field) =>
    isIndexable(field) && typeOf(field).indexKind(field) !== 'list';
  const parts = [
    weighed('A', textOf(title ? [title] : [], source), MAX_CHARACTERS.title),
    weighed('B', textOf(texts, source), MAX_CHARACTERS.texts),
    weighed('C', jsonOf(nested, source), MAX_CHARACTERS.nested),
    marked(textOf(others.filter(isScalar), source)),
    marked(
      jsonOf(
        others.filter((field) => !isScalar(field)),
        source,
      ),
    ),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' || ');
}

const vectorOf = (words: string, most: number): string =>
  `to_tsvector('cms_search', coalesce(left(${words}, ${most}), ''))`;

const weighed = (weight: string, words: string | undefined, most: number): string | undefined =>
  words && `setweight(${vectorOf(words, most)}, '${weight}')`;

const marked = (words: string | undefined): string | undefined =>
  words && `cms_marked(${vectorOf(words, MAX_CHARACTERS.others)})`;

/** PostgreSQL takes 100 arguments to a function. */
const MAX_ARGUMENTS = 90;
const chunks = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / MAX_ARGUMENTS) }, (_, at) =>
    items.slice(at * MAX_ARGUMENTS, (at + 1) * MAX_ARGUMENTS),
  );

/** The words of texts, one below the other. */
function textOf(fields: readonly Field[], source: string): string | undefined {
  if (fields.length === 0) return undefined;
  const texts = fields.map((field) => textExpression(field, source));
  const below = (each: readonly string[]) =>
    each.length === 1 ? String(each[0]) : `concat_ws(E'\\n', ${each.join(', ')})`;
  return `cms_words(${below(chunks(texts).map(below))})`;
}

/** The words of every text, number and truth value within fields. */
function jsonOf(fields: readonly Field[], source: string): string | undefined {
  if (fields.length === 0) return undefined;
  const lists = chunks(fields.map((field) => listExpression(field, source))).map(
    (each) => `jsonb_build_array(${each.join(', ')})`,
  );
  return `cms_words(${lists.join(' || ')})`;
}
