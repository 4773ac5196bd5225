import {
  datePattern,
  dateTimePattern,
  emailPattern,
  entryIdPattern,
  slugPattern,
  urlPattern,
} from '../fields.ts';

/** Values for the patterns that are ours. */
const known = new Map([
  [emailPattern.source, 'ada@example.com'],
  [urlPattern.source, 'https://example.com'],
  [slugPattern.source, 'new-post'],
  [entryIdPattern.source, 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3'],
  [datePattern.source, '2026-01-31'],
  [dateTimePattern.source, '2026-01-31T09:30:00.000Z'],
]);

/** For the others: short, since a careless pattern takes time that doubles with each character. */
const guesses = [
  'text',
  'Text',
  'TEXT',
  'a',
  'A',
  '1',
  '123',
  '1234',
  'a-1',
  'A-1',
  'AB-12',
  'a_1',
];

interface Lengths {
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A text that a pattern matches, within the lengths allowed; undefined where none is thought of. */
export function sampleFor(pattern: string, { minLength = 0, maxLength = 4096 }: Lengths) {
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
  const own = known.get(pattern);
  if (own !== undefined) return fits(own) ? own : undefined;
  try {
    const expression = new RegExp(pattern, 'u');
    return guesses.find((guess) => fits(guess) && expression.test(guess));
  } catch {
    // The pattern is RE2's, which JavaScript need not understand.
    return undefined;
  }
}
