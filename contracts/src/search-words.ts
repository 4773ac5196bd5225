import { z } from 'zod';

/** The longest search, in characters, and the most words and phrases in it. */
export const MAX_SEARCH_LENGTH = 300;
export const MAX_SEARCH_WORDS = 32;

/** Words that an entry has, of a list that keeps its order. */
export const search = z.string().min(1).max(MAX_SEARCH_LENGTH).optional().meta({
  description:
    'Words that text, editor, email, url and slug fields have, in any case and with or without accents: all of them, the last one perhaps unfinished; "a phrase", -without',
  example: 'hello',
});

/** Of a read that searches: whether it waits for the index. */
export const consistency = z.literal('wait').optional().meta({
  description:
    'Wait until the index holds every write that was committed before, for at most five seconds; PostgreSQL always does',
});
