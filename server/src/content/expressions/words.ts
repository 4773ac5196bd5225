const word = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text; whatever else is in it parts them. */
export const wordsOf = (text: string): readonly string[] => text.match(word) ?? [];

/**
 * Words as PostgreSQL's `to_tsquery` reads them, one behind the other; the last one may be a beginning.
 * Letters and digits need no escapes.
 */
export const phraseQuery = (words: readonly string[], prefix = false): string =>
  `'${words.join(' ')}'${prefix ? ':*' : ''}`;

/** All words of a text, wherever they stand. */
export const wordsQuery = (text: string): string =>
  wordsOf(text)
    .map((each) => phraseQuery([each]))
    .join(' & ');
