import { wordsOf } from '../../expressions/index.ts';
import type { SearchHit } from '../engine.ts';
import { folded } from '../highlight.ts';
import type { SearchWord } from '../search-text.ts';
import { listOf, searchedFields } from '../searched-fields.ts';

/** Whether an entry has all words just as they were typed, in fields that its reader may read. */
export function hasWords({ target, row }: SearchHit, words: readonly SearchWord[]): boolean {
  const data = JSON.parse(row.data) as Record<string, unknown>;
  const fields = listOf(searchedFields(target.scope, 'texts'));
  const values = fields.map(({ key }) => JSON.stringify(data[key] ?? ''));
  const own = new Set(values.flatMap((value) => wordsOf(folded(value))));
  return words.every(({ text, prefix }) => {
    const wanted = folded(text);
    return prefix ? [...own].some((word) => word.startsWith(wanted)) : own.has(wanted);
  });
}
