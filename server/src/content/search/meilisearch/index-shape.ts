import type { IndexSettings } from '../../../platform/search/meilisearch.ts';
import type { Field } from '../../fields/field.ts';
import { isSearchable, nestedOf, wordFields } from '../../fields/entry-words.ts';
import { listOf } from '../searched-fields.ts';

/** The most hits of one search that are ranked: Meilisearch's own default. */
export const MAX_CANDIDATES = 1000;

/** How an index can compare a field's values exactly as PostgreSQL does. */
export type Comparable = 'number' | 'boolean' | 'code' | 'time';

const comparables: Readonly<Partial<Record<Field['type'], Comparable>>> = {
  number: 'number',
  integer: 'number',
  bool: 'boolean',
  select: 'code',
  relation: 'code',
  date: 'time',
  datetime: 'time',
};

/** How a field is compared; undefined where PostgreSQL alone can. */
export const comparableOf = ({ type, options }: Field): Comparable | undefined => {
  // Meilisearch compares texts without regard to case.
  if (type === 'select' && hasTwins(options.values)) return undefined;
  return comparables[type];
};

const hasTwins = (values: readonly string[]): boolean =>
  new Set(values.map((value) => value.normalize('NFKD').toLowerCase())).size < values.length ||
  values.some((value) => value.length > 100);

/** The attribute that holds a field's words, and the one that holds its moment as a number. */
export const wordsAttribute = ({ key }: Pick<Field, 'key'>): string => `f_${key}`;
export const timeAttribute = ({ key }: Pick<Field, 'key'>): string => `t_${key}`;

/** The system's columns that can be compared, and how. */
export const systemAttributes: Readonly<Record<string, Comparable>> = {
  status: 'code',
  created_by: 'code',
  updated_by: 'code',
  version: 'number',
  created_at: 'time',
  updated_at: 'time',
  published_at: 'time',
};

/** The attribute that a field is compared by. */
export const comparedAttribute = (field: Field): string =>
  comparableOf(field) === 'time' ? timeAttribute(field) : wordsAttribute(field);

/**
 * What of the fields an index is made from, a line each: a field that has another line than the index
 * knows is not in it. Names are not among it, so renaming changes nothing.
 */
export const shapeOf = (fields: readonly Field[]): string => fields.map(lineOf).join('\n');

export function lineOf(field: Field): string {
  const { key, type, options } = field;
  const nested = nestedOf(field);
  const inner = nested.length > 0 ? `{${nested.map(lineOf).join(' ')}}` : '';
  return `${key}:${type}${options.multiple ? '[]' : ''}:${comparableOf(field) ?? ''}${inner}`;
}

/** The settings of a collection's index: its title counts most, then its other texts, then the rest. */
export function settingsOf(fields: readonly Field[]): IndexSettings {
  const others = fields.filter((field) => !isSearchable(field));
  const compared = fields.filter((field) => comparableOf(field) !== undefined);
  return {
    searchableAttributes: listOf(wordFields(fields, others)).map(wordsAttribute),
    filterableAttributes: [...Object.keys(systemAttributes), ...compared.map(comparedAttribute)],
    sortableAttributes: [],
    displayedAttributes: ['id'],
    rankingRules: ['words', 'typo', 'proximity', 'attribute', 'exactness', 'id:desc'],
    pagination: { maxTotalHits: MAX_CANDIDATES },
    facetSearch: false,
  };
}
