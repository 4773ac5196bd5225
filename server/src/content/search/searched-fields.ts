import { quoteName } from '../../platform/db/sql.ts';
import type { Scope } from '../expressions/index.ts';
import {
  isOpenToAll,
  isSearchable,
  nestedOf,
  weighedWords,
  type WordFields,
  wordFields,
} from '../fields/entry-words.ts';
import type { Field } from '../fields/field.ts';

/** `texts`: what people write (document S4); `all`: every field's value (document S3). */
export type Breadth = 'texts' | 'all';

/** Fields that a search looks into, for one reader: what it may not read is not there. */
export interface SearchedFields extends WordFields {
  /** Name of the partition, quoted. */
  readonly table: string;
}

/** The fields of a scope's collection that a search of some breadth looks into. */
export function searchedFields(scope: Scope, breadth: Breadth): SearchedFields {
  const { collection } = scope;
  const open = collection.fields.filter((field) => isOpen(scope, field));
  const others = breadth === 'all' ? open.filter((field) => !isSearchable(field)) : [];
  return { table: quoteName(collection.storage), ...wordFields(open, others) };
}

/** All of them, those that count most first. */
export const listOf = ({ title, texts, nested, others }: WordFields): readonly Field[] => [
  ...(title ? [title] : []),
  ...texts,
  ...nested,
  ...others,
];

/** What holds a field that the reader must not see is not looked into at all. */
const isOpen = (scope: Scope, field: Field): boolean =>
  (scope.reads?.(scope.collection, field) ?? true) &&
  nestedOf(field).every((own) => isOpen(scope, own));

/** Where a reader's words stand. */
export interface SearchedWords {
  /** SQL over a row of the partition. */
  readonly words: string;
  /**
   * `stored`: they are those that are stored with every entry. `made`: they have to be made of what the
   * reader may read, once the stored ones say that it may be.
   */
  readonly are: 'stored' | 'made';
  /** Whether they are looked for among the marked ones, too. */
  readonly marked: boolean;
}

/** The words that the reader may search; undefined where there are none. */
export function searchedWords(scope: Scope, breadth: Breadth): SearchedWords | undefined {
  const fields = searchedFields(scope, breadth);
  const made = weighedWords(fields, `${fields.table}.data`);
  if (made === undefined) return undefined;
  const words = `${fields.table}.words`;
  const every = scope.collection.fields;
  if (breadth === 'all' && every.every((field) => isOpen(scope, field)))
    return { words, are: 'stored', marked: true };
  // What is stored without a mark is what everybody reads: neither more nor less.
  const asStored = (field: Field) => isOpen(scope, field) === isOpenToAll(field);
  if (breadth === 'texts' && every.filter(isSearchable).every(asStored))
    return { words, are: 'stored', marked: false };
  return { words: made, are: 'made', marked: breadth === 'all' };
}
