import type { TestServer } from './harness.ts';

/** Data by field name, as it was sent; `id`, `status` and `version` are the system's. */
export interface Row {
  readonly id: string;
  readonly status: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface World {
  readonly companies: Row[];
  readonly authors: Row[];
  readonly posts: Row[];
}

/** Texts that trip up quoting, patterns, case and collation. */
export const texts = [
  '',
  'a',
  'A',
  'ab',
  'aB',
  'Äb',
  'ä',
  'z',
  '50%',
  'a_b',
  'a\\b',
  "it's",
  '"q"',
  'x y',
  '日本',
  'null',
  'true',
  '5',
];
export const slugs = ['a', 'B', 'a-b', 'b.c', 'z'];
export const numbers = [-1.5, 0, 1, 2, 3.25, 1e6];
export const days = ['2024-01-31', '2024-02-01', '2026-01-31'];
export const moments = ['2024-01-31T09:30:00.000Z', '2026-01-31T00:00:00.000Z'];
/** Berlin, Munich, and the far side of the date line. */
export const places = [
  { lat: 52.52, lng: 13.405 },
  { lat: 48.137, lng: 11.575 },
  { lat: -17.8, lng: 179.9 },
];
export const tags = ['red', 'green', 'blue'];

const relation = (name: string, collection: string, multiple = false) => ({
  name,
  type: 'relation',
  options: { collection, multiple, on_delete: 'set_null' },
});

const companies = [
  { name: 'name', type: 'text' },
  { name: 'size', type: 'integer' },
];
const authors = [
  { name: 'name', type: 'text' },
  { name: 'age', type: 'number' },
  { name: 'active', type: 'bool' },
  relation('company', 'companies'),
];
export const postFields = [
  { name: 'title', type: 'text', indexed: true },
  { name: 'slug', type: 'slug', indexed: true },
  { name: 'price', type: 'number' },
  { name: 'live', type: 'bool' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'datetime' },
  { name: 'kind', type: 'select', options: { values: tags } },
  { name: 'tags', type: 'select', indexed: true, options: { values: tags, multiple: true } },
  { name: 'meta', type: 'json' },
  { name: 'seo', type: 'component', options: { fields: [{ name: 'title', type: 'text' }] } },
  { name: 'status', type: 'text' },
  relation('author', 'authors'),
  relation('editors', 'authors', true),
  { name: 'place', type: 'geo_point' },
];

/** Deterministic picks, so that a failing case can be run again. */
export function picker(seed: number) {
  let state = seed;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const one = <T>(values: readonly T[]): T => values[next(values.length)] as T;
  return {
    one,
    /** A value, null, or nothing at all. */
    some: <T>(values: readonly T[]): T | null | undefined =>
      next(5) === 0 ? null : next(5) === 0 ? undefined : one(values),
    several: <T>(values: readonly T[]): T[] => values.filter(() => next(2) === 0),
  };
}

export function postData(pick: ReturnType<typeof picker>, authors: readonly Row[]) {
  const ids = authors.map(({ id }) => id);
  return {
    title: pick.some(texts),
    slug: pick.some(slugs),
    price: pick.some(numbers),
    live: pick.some([true, false]),
    day: pick.some(days),
    at: pick.some(moments),
    kind: pick.some(tags),
    tags: pick.some([pick.several(tags)]),
    meta: pick.some([{ a: 1 }, [], 0]),
    seo: pick.some([{ title: pick.one(texts) }, {}, { title: null }]),
    status: pick.some(['open', 'published']),
    author: pick.some(ids),
    editors: pick.some([pick.several(ids)]),
    place: pick.some(places),
  };
}

/** Three collections in a row of relations, with values of every type and nulls everywhere. */
export async function makeWorld(server: TestServer): Promise<World> {
  const pick = picker(7);
  const made = async (name: string, fields: object[], items: object[]): Promise<Row[]> => {
    await server.ask('POST', '/api/v1/collections', { body: { name, fields } });
    const entries = items.map((data) => ({ data, status: pick.one(['published', 'draft']) }));
    const path = `/api/v1/collections/${name}/entries/bulk`;
    const reply = await server.ask('POST', path, { body: { entries } });
    if (reply.status !== 201) throw new Error(reply.text);
    return (reply.body['items'] ?? []) as unknown as Row[];
  };
  const times = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const firms = await made(
    'companies',
    companies,
    times(4, () => ({ name: pick.some(texts), size: pick.some([1, 2, 3]) })),
  );
  const people = await made(
    'authors',
    authors,
    times(6, () => ({
      name: pick.some(texts),
      age: pick.some(numbers),
      active: pick.some([true, false]),
      company: pick.some(firms.map(({ id }) => id)),
    })),
  );
  const posts = await made(
    'posts',
    postFields,
    times(40, () => postData(pick, people)),
  );
  return { companies: firms, authors: people, posts };
}
