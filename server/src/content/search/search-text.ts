import { MAX_SEARCH_LENGTH, MAX_SEARCH_WORDS } from '@cms/contracts';
import { AppError } from '../../platform/errors/app-error.ts';
import { phraseQuery, wordsOf } from '../expressions/index.ts';
import { isSoundText } from '../fields/types/sound-text.ts';

/** One word that is wanted, as it was typed. */
export interface SearchWord {
  readonly text: string;
  /** True where it may be the beginning of a longer one. */
  readonly prefix: boolean;
}

/** What somebody searches for. */
export interface SearchText {
  /** All that is wanted and not, as PostgreSQL's `to_tsquery` reads it. */
  readonly query: string;
  /** Every wanted word by itself: whatever the query finds has them. Null where nothing is wanted. */
  readonly broad: string | null;
  /** The words that are wanted, for highlights and for looking for similar ones. */
  readonly words: readonly SearchWord[];
  /** The same for engines that read a text as it is typed: its words, `"phrases"` and `-without`. */
  readonly typed: string;
}

/** A phrase in quotes, or a run of anything else; a minus before it means without. */
const term = /(-?)(?:"([^"]*)"?|([^\s"]+))/gu;

/**
 * Reads what is searched for: words that must all be there, the last of which may be unfinished;
 * `"phrases in quotes"`; `-without`. Undefined where that holds no word. Throws INVALID_INPUT for what
 * is too long or no text.
 */
export function readSearch(text: string, field: string): SearchText | undefined {
  if (text.length > MAX_SEARCH_LENGTH)
    throw badSearch(field, `A search has at most ${MAX_SEARCH_LENGTH} characters.`);
  if (!isSoundText(text)) throw badSearch(field, 'The search holds characters that no text has.');
  const query: string[] = [];
  const wanted: SearchWord[] = [];
  const typed: string[] = [];
  for (const [match, minus, phrase, plain] of text.matchAll(term)) {
    const words = wordsOf(phrase ?? plain ?? '');
    if (words.length === 0) continue;
    const last = text.endsWith(match) && phrase === undefined && minus === '';
    query.push(`${minus === '' ? '' : '!'}${phraseQuery(words, last)}`);
    // Words that nothing but their signs joined are a phrase only where they must not be there.
    const isPhrase = phrase !== undefined || (minus !== '' && words.length > 1);
    typed.push(`${minus}${isPhrase ? `"${words.join(' ')}"` : words.join(' ')}`);
    if (minus !== '') continue;
    for (const [at, each] of words.entries())
      wanted.push({ text: each, prefix: last && at === words.length - 1 });
  }
  if (query.length === 0) return undefined;
  if (query.length > MAX_SEARCH_WORDS || wanted.length > MAX_SEARCH_WORDS)
    throw badSearch(field, `A search has at most ${MAX_SEARCH_WORDS} words.`);
  const broad = wanted.map((each) => phraseQuery([each.text], each.prefix)).join(' & ');
  return {
    query: query.join(' & '),
    broad: broad || null,
    words: wanted,
    typed: typed.join(' '),
  };
}

/** A refusal that names the parameter. */
export const badSearch = (field: string, message: string): AppError =>
  new AppError('INVALID_INPUT', message, { details: [{ field, message, code: 'search' }] });
