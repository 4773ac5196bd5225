import { distance } from 'fastest-levenshtein';
import { wordsOf } from '../expressions/index.ts';
import type { Likeness } from './engine.ts';
import type { SearchWord } from './search-text.ts';

/** Whether a word of a text is one that was wanted. */
export type IsWanted = (word: string) => boolean;

/** Characters around the first marked word that are shown of a long text. */
const BEFORE = 60;
const SHOWN = 240;
/** Of a text as long as a book only the start is looked through, as it is by the search. */
const MAX_LOOKED_THROUGH = 100_000;

const others: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A word as the search sees it: without accents and case. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøłđðþı]/g, (letter) => others[letter] ?? letter);

/** How many typing errors a word of a length may have to be found all the same: as Meilisearch has it. */
const errorsIn = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2);

/** What marks the words of a search; where only similar ones were found, those. */
export function wantedWords(words: readonly SearchWord[], { similar, typos }: Likeness): IsWanted {
  const wanted = words.map(({ text, prefix }) => ({ text: folded(text), prefix }));
  return (word) => {
    const own = folded(word);
    return wanted.some(({ text, prefix }) => {
      if (typos) {
        const start = prefix ? own.slice(0, text.length) : own;
        return start === text || distance(start, text) <= errorsIn(text.length);
      }
      if (similar) return distance(own, text) <= Math.max(1, Math.floor(text.length / 3));
      return prefix ? own.startsWith(text) : own === text;
    });
  };
}

/**
 * A text with `<mark>` around the words that are wanted, and everything else as HTML shows it; of a long
 * one the part around the first. Undefined where no word is wanted.
 */
export function highlighted(source: string, isWanted: IsWanted): string | undefined {
  const text = source
    .slice(0, MAX_LOOKED_THROUGH)
    .replaceAll(/<\/?[a-zA-Z][^<>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const marks: [start: number, end: number][] = [];
  let at = 0;
  for (const word of wordsOf(text)) {
    const start = text.indexOf(word, at);
    at = start + word.length;
    if (isWanted(word)) marks.push([start, at]);
  }
  const [first] = marks;
  if (!first) return undefined;
  const from = text.length <= SHOWN ? 0 : wordStart(text, first[0] - BEFORE);
  const to = text.length <= SHOWN ? text.length : wordEnd(text, from + SHOWN);
  let shown = from > 0 ? '…' : '';
  let done = from;
  for (const [start, end] of marks) {
    if (end > to) break;
    shown += `${escaped(text.slice(done, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    done = end;
  }
  return `${shown}${escaped(text.slice(done, to))}${to < text.length ? '…' : ''}`;
}

const wordStart = (text: string, at: number): number =>
  at <= 0 ? 0 : text.lastIndexOf(' ', at) + 1;

/** The end of the word there, unless that is far: some languages part no words. */
function wordEnd(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  return space === -1 || space > at + BEFORE ? Math.min(at + BEFORE, text.length) : space;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
