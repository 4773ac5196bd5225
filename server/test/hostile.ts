import fc from 'fast-check';

// What is sent by those who look for a way in, and what parsers stumble over.

/** Would-be SQL: whoever runs one of these changes or tells something. */
export const injections = [
  "'; drop table entries; --",
  "' or '1'='1",
  "') or 1=1--",
  "1; delete from entries where ''=''",
  "' union select version(), current_user --",
  "'||(select string_agg(value,'') from instance_secrets)||'",
  '"; drop table entries; --',
  "title' -- ",
  'title; select pg_sleep(9)',
  '(select 1)',
  'pg_sleep(9)',
  "x' || pg_sleep(9) || '",
  '$1',
  '$99999',
  '$$; drop table entries; $$',
  ':name',
  '?',
  '/*',
  '*/',
  '/**/or/**/1=1',
  '-- ',
  '#',
  '\\',
  "\\'",
  "E'\\x27'",
  "U&'\\0027'",
  '%',
  '_',
  '%%%',
  "data->>'title'",
  'data#>>{}',
  'entries.data',
  'es.project_id',
  'ctid',
  'xmin',
  'tableoid',
  'project_id',
  'entry_id',
  'stage',
  'password_hash',
] as const;

/** Names that mean something to JavaScript, files, markup or a shell. */
export const traps = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'constructor.prototype.polluted',
  '__proto__.polluted',
  'author.__proto__',
  '_and',
  '_or',
  '_not',
  'sys',
  'sys.',
  'sys.__proto__',
  '.',
  '..',
  '../../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%2527',
  '%',
  '%u0027',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '${7*7}',
  '`id`',
  '[object Object]',
  'undefined',
  'null',
  'NaN',
  'true',
] as const;

/** Texts that are hard to store, to compare or to show. */
export const oddities = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfff',
  '\ufffe\uffff',
  '\u202egnp.exe',
  'مرحبا',
  '\u200b',
  'e\u0301\u0301\u0301',
  'ﬀ',
  'İ',
  'ß',
  '👩‍👩‍👧‍👦',
  '\n\r\t\v\f',
  '\u007f',
  'x'.repeat(300),
  'ä'.repeat(700),
  'a.'.repeat(200),
  ','.repeat(150),
  '[]',
  '{}',
] as const;

export const numbers = [
  '0',
  '-0',
  '00',
  '1e308',
  '1e309',
  '-1e309',
  '1e-400',
  '9'.repeat(40),
  '9'.repeat(400),
  '-9223372036854775809',
  '2147483648',
  '0x1F',
  '1_000',
  '1,5',
  '١٢٣',
  'Infinity',
  '-Infinity',
  'NaN',
  '0000-00-00',
  '9999-12-31',
  '2024-02-30',
  '10000-01-01',
  '2024-01-31T25:61:61Z',
  '-4713-01-01',
  '0001-01-01',
  '9999-12-31T23:59:59.999Z',
  '2024-01-31T00:00:00+24:00',
  '24:00',
  '-infinity',
  '90,180,0',
  '-90,-180,99999999',
  '1,2,3,4',
  'infinity',
  'epoch',
  'now',
  '@now',
  '@day+99999999999',
  '@year-99999',
  '@request.auth.id',
  '@collection.users.email',
] as const;

export const dictionary: readonly string[] = [...injections, ...traps, ...oddities, ...numbers];

/** Words of the languages that are parsed. */
export const symbols: readonly string[] = [
  ...'= != > >= < <= ~ !~ ?= && || & | ! ( ) [ ] { } , . : ; \' " ` \\ + - * / @ # $ % ^ ? _'.split(
    ' ',
  ),
  ' ',
];

type Edit = readonly [kind: number, at: number, what: number];
const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.tuple(fc.nat(7), fc.nat(10_000), fc.nat(10_000)),
  { maxLength: 4 },
);

/** One change of a text: something put in, taken out, doubled, swapped or nested. */
function edited(text: string, [kind, place, what]: Edit): string {
  const at = place % (text.length + 1);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const pick = (from: readonly string[]) => from[what % from.length] as string;
  switch (kind) {
    case 0:
      return before + pick(dictionary) + after;
    case 1:
      return before + pick(symbols) + after;
    case 2:
      return before + after.slice(1 + (what % 4));
    case 3:
      return before + pick(symbols) + after.slice(1);
    case 4:
      return before + before.slice(-(what % 20)) + after;
    case 5:
      return before + String.fromCharCode(what % 0x1_00_00) + after;
    case 6:
      return what % 50 === 0
        ? before + pick(symbols).repeat(1 + (what % 3000)) + after
        : after + before;
    default:
      return before + pick(dictionary) + after.slice(1 + (what % 8));
  }
}

/** Texts that were sound before up to four changes; some still are. */
export const mutated = (sound: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(sound.length - 1), edits)
    .map(([at, changes]) => changes.reduce(edited, sound[at] as string));

/** Texts of words and symbols in any order. */
export const strung = (words: readonly string[]): fc.Arbitrary<string> => {
  const all = [...words, ...words, ...symbols, ...symbols, ...dictionary];
  return fc
    .array(fc.nat(all.length - 1), { maxLength: 12 })
    .map((picks) => picks.map((at) => all[at]).join(''));
};

/** Whatever is text. */
export const anyText: fc.Arbitrary<string> = fc.string({ unit: 'binary', maxLength: 40 });
