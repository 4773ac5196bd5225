import fc from 'fast-check';
import { days, moments, numbers, type Row, slugs, tags, texts, type World } from './rules-data.ts';

/** What a case is asked with. */
export interface Asked {
  readonly auth: string;
  readonly now: Date;
  readonly sent: Readonly<Record<string, unknown>>;
}

/** An expression, and whether it holds for a row by plain JavaScript, without any SQL. */
export interface Case {
  readonly text: string;
  readonly holds: (row: Row, asked: Asked, world: World) => boolean;
}

type Leaf = unknown;
export type Read = (row: Row, world: World) => readonly Leaf[];
export type Kind = 'text' | 'code' | 'number' | 'boolean' | 'date' | 'datetime';

const field =
  (name: string): Read =>
  ({ data }) => [data[name] ?? null];
/** The rows that a relation leads to; none where it is null. */
const through =
  (name: string, target: 'authors' | 'companies', read: Read): Read =>
  (row, world) => {
    const ids = [row.data[name] ?? []].flat();
    return world[target].filter(({ id }) => ids.includes(id)).flatMap((each) => read(each, world));
  };
const component: Read = ({ data }) => [
  (data['seo'] as { title?: string | null } | null | undefined)?.title ?? null,
];

export const paths: readonly [string, Kind, Read, readonly unknown[]][] = [
  ['title', 'text', field('title'), texts],
  ['slug', 'code', field('slug'), slugs],
  ['price', 'number', field('price'), numbers],
  ['live', 'boolean', field('live'), [true, false]],
  ['day', 'date', field('day'), days],
  ['at', 'datetime', field('at'), moments],
  ['kind', 'code', field('kind'), tags],
  ['status', 'text', field('status'), ['open', 'published']],
  ['sys.status', 'code', (row) => [row.status], ['published', 'draft', 'archived']],
  ['version', 'number', () => [1], [0, 1, 2]],
  ['seo.title', 'text', component, texts],
  ['author.name', 'text', through('author', 'authors', field('name')), texts],
  ['author.age', 'number', through('author', 'authors', field('age')), numbers],
  ['author.status', 'code', through('author', 'authors', (row) => [row.status]), ['draft']],
  ['editors.active', 'boolean', through('editors', 'authors', field('active')), [true, false]],
  ['editors.name', 'text', through('editors', 'authors', field('name')), texts],
  [
    'author.company.name',
    'text',
    through('author', 'authors', through('company', 'companies', field('name'))),
    texts,
  ],
  [
    'editors.company.size',
    'number',
    through('editors', 'authors', through('company', 'companies', field('size'))),
    [1, 2, 3],
  ],
];

/** A value as an expression spells it; texts in either quotes. */
export const spelled = (value: unknown): fc.Arbitrary<string> => {
  if (typeof value !== 'string') return fc.constant(String(value));
  const inQuotes = (quote: string) =>
    quote + value.replaceAll(/[\\'"]/g, (each) => `\\${each}`) + quote;
  return fc.constantFrom(inQuotes("'"), inQuotes('"'));
};

const collator = new Intl.Collator('en');
const bytes = (a: unknown, b: unknown) => Buffer.compare(Buffer.from(`${a}`), Buffer.from(`${b}`));

export function compare(kind: Kind, a: unknown, b: unknown): number {
  if (kind === 'number') return Number(a) - Number(b);
  if (kind === 'text') return collator.compare(String(a), String(b)) || bytes(a, b);
  return bytes(a, b);
}

export const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
};

export const lower = (value: unknown) => String(value).toLowerCase();

/** Some value of the path, null never, passes. */
export const some = (read: Read, test: (value: unknown) => boolean) => (row: Row, world: World) =>
  read(row, world).some((value) => value !== null && test(value));

function onPath([path, kind, read, values]: (typeof paths)[number]): fc.Arbitrary<Case> {
  const value = fc.constantFrom(...values);
  const pad = fc.constantFrom('', ' ');
  const equal = fc.tuple(value, pad, fc.boolean(), fc.boolean()).chain(([v, s, not, turned]) =>
    spelled(v).map((text): Case => {
      const positive = some(read, (each) => each === v);
      const operator = not ? '!=' : '=';
      return {
        text: turned ? `${text}${s}${operator}${s}${path}` : `${path}${s}${operator}${s}${text}`,
        holds: (row, _, world) => positive(row, world) !== not,
      };
    }),
  );
  const nulls = fc.boolean().map((not): Case => {
    const positive = some(read, () => true);
    return {
      text: `${path} ${not ? '!=' : '='} null`,
      holds: (row, _, world) => positive(row, world) === not,
    };
  });
  const oneOf = fc.subarray([...values, null], { maxLength: 2 }).chain((list) =>
    fc.tuple(...list.map(spelled)).map((spelt): Case => {
      const positive = some(read, (each) => list.includes(each as never));
      const present = some(read, () => true);
      return {
        text: `${path} ?= [${spelt.join(', ')}]`,
        holds: (row, _, world) =>
          positive(row, world) || (list.includes(null as never) && !present(row, world)),
      };
    }),
  );
  if (kind === 'boolean') return fc.oneof(equal, nulls, oneOf);
  const ordered = fc.tuple(value, fc.constantFrom(...Object.keys(orders))).chain(([v, operator]) =>
    spelled(v).map((text): Case => {
      const positive = some(read, (each) => orders[operator]?.(compare(kind, each, v)) ?? false);
      return { text: `${path} ${operator} ${text}`, holds: (row, _, w) => positive(row, w) };
    }),
  );
  if (kind !== 'text' && kind !== 'code') return fc.oneof(equal, nulls, oneOf, ordered);
  const within = fc.tuple(value, fc.boolean()).chain(([v, not]) =>
    spelled(v).map((text): Case => {
      const positive = some(read, (each) => lower(each).includes(lower(v)));
      return {
        text: `${path} ${not ? '!~' : '~'} ${text}`,
        holds: (row, _, world) => positive(row, world) !== not,
      };
    }),
  );
  const bySent = fc.constantFrom('title', 'slug').map((name): Case => ({
    text: `${path} = @request.data.${name}`,
    holds: (row, { sent }, world) => {
      const wanted = sent[name] ?? null;
      if (wanted === null) return !some(read, () => true)(row, world);
      return some(read, (each) => each === wanted)(row, world);
    },
  }));
  const byCaller = fc.constant<Case>({
    text: `@request.auth.id = ${path}`,
    holds: (row, { auth }, world) => some(read, (each) => each === auth)(row, world),
  });
  return fc.oneof(equal, nulls, oneOf, ordered, within, bySent, byCaller);
}

const lists = fc.subarray(tags, { minLength: 1 }).map((list): Case => ({
  text: list.length === 1 ? `tags ?= ${list[0]}` : `tags ?= [${list.join(',')}]`,
  holds: ({ data }) => list.some((tag) => ((data['tags'] ?? []) as string[]).includes(tag)),
}));
const opaque = fc.constantFrom('meta', 'tags', 'editors', 'seo').map((name): Case => ({
  text: `${name} = null`,
  holds: ({ data }) => (data[name] ?? null) === null,
}));
const timed = fc.constantFrom('@now', '@today', '@year-1').map((macro): Case => ({
  text: `at < ${macro}`,
  holds: ({ data }, { now }) => {
    const moment = new Date(now);
    if (macro === '@today') moment.setUTCHours(0, 0, 0, 0);
    if (macro === '@year-1') moment.setUTCFullYear(now.getUTCFullYear() - 1);
    return data['at'] != null && String(data['at']) < moment.toISOString();
  },
}));
const ofRequest = fc.constantFrom<Case>(
  { text: '@request.auth.id != ""', holds: (_, { auth }) => auth !== '' },
  { text: '@request.method = "GET"', holds: () => true },
  {
    text: '@request.data.price > 1',
    holds: (_, { sent }) => typeof sent['price'] === 'number' && sent['price'] > 1,
  },
  {
    text: '@request.data.price = price',
    holds: ({ data }, { sent }) => (sent['price'] ?? null) === (data['price'] ?? null),
  },
);

/** Comparisons on every path and type, with null on either side, joined and negated at will. */
export const cases: fc.Arbitrary<Case> = fc.letrec<{ any: Case; one: Case }>((tie) => ({
  one: fc.oneof(...paths.map(onPath), lists, opaque, timed, ofRequest),
  any: fc.oneof(
    { maxDepth: 4 },
    tie('one'),
    tie('any').map((inner): Case => ({
      text: `!(${inner.text})`,
      holds: (row, asked, world) => !inner.holds(row, asked, world),
    })),
    fc.tuple(tie('any'), tie('any'), fc.boolean()).map(([a, b, both]): Case => ({
      text: `(${a.text}) ${both ? '&&' : '||'} (${b.text})`,
      holds: (row, asked, world) => {
        const [one, other] = [a.holds(row, asked, world), b.holds(row, asked, world)];
        return both ? one && other : one || other;
      },
    })),
  ),
})).any;
