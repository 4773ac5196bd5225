import fc from 'fast-check';
import { anyText, dictionary, mutated, strung } from './hostile.ts';
import { hostileQuery } from './hostile-queries.ts';
import { postFields } from './rules-data.ts';

/** A request that asks for something and is up to no good. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** A text in a URL. What is no text is sent as the bytes that it would have. */
export const wire = (text: string): string =>
  text.isWellFormed()
    ? encodeURIComponent(text)
    : encodeURIComponent(text.toWellFormed()) + '%ED%A0%80';

const paths = [
  ...postFields.map(({ name }) => name),
  'author.name',
  'author.company.size',
  'editors.age',
  'sys.status',
  'created_at',
  'id',
];
const path = fc.constantFrom(...paths);
const operators = ['eq', 'ne', 'gt', 'contains', 'startsWith', 'in', 'nin', 'has', 'match', 'near'];
const operator = fc.constantFrom(...operators);
const hostile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...dictionary) },
  { weight: 2, arbitrary: mutated(["it's", 'published', '2024-01-31', '1.5', 'author.name']) },
  { weight: 1, arbitrary: strung(paths) },
  { weight: 1, arbitrary: anyText },
);
/** Mostly as text of a URL; some as it stands, for the door to make sense of. */
const inUrl = fc
  .tuple(hostile, fc.nat(5))
  .map(([text, kind]) => (kind === 0 ? text.toWellFormed().replaceAll('#', '%23') : wire(text)));

/** `sort=…` and whatever else takes one text. */
const named = (name: string) => inUrl.map((text) => `${name}=${text}`);
const filters = fc.oneof(
  fc.tuple(path, operator, inUrl).map(([p, o, v]) => `filter[${p}][${o}]=${v}`),
  fc.tuple(path, inUrl).map(([p, v]) => `filter[${p}]=${v}`),
  fc.tuple(path, inUrl).map(([p, o]) => `filter[${p}][${o}]=1`),
  inUrl.map((name) => `filter[${name}][eq]=x`),
  inUrl.map((name) => `filter[_or][0][author.${name}]=x`),
  named('filter'),
  fc.tuple(path, inUrl).map(([p, v]) => `filter=${p}='${v}'`),
  fc
    .tuple(path, hostile)
    .map(([p, v]) => `filter=${wire(`${p} ~ "${v.replaceAll(/[\\"]/g, '\\$&')}"`)}`),
);
const bare = fc.oneof(
  fc.tuple(path, inUrl).map(([p, v]) => `${p}=${v}`),
  fc.tuple(path, operator, inUrl).map(([p, o, v]) => `${p}[${o}]=${v}`),
  inUrl.map((name) => `${name}=x`),
);
const sorts = fc.oneof(
  named('sort'),
  fc.tuple(path, inUrl).map(([p, v]) => `sort=-${p},${v}`),
  fc.tuple(path, inUrl).map(([p, v]) => `sort=${p}:${v}`),
);
const views = (parameter: 'include' | 'expand') =>
  fc.oneof(
    named('fields'),
    named(parameter),
    inUrl.map((v) => `fields=title,author.${v}&${parameter}=author`),
    inUrl.map((v) => `${parameter}[editors][sort]=${v}`),
    inUrl.map((v) => `${parameter}[editors][filter][name][contains]=${v}`),
    inUrl.map((v) => `${parameter}[editors][filter]=${v}`),
    inUrl.map((v) => `${parameter}[editors][limit]=${v}`),
    inUrl.map((v) => `${parameter}[${v}][limit]=1`),
    inUrl.map((v) => `${parameter}=author.company.${v}`),
  );
const pages = fc.oneof(
  ...['cursor', 'limit', 'page', 'per_page', 'offset', 'count', 'search'].map(named),
);

const gets = (base: string, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<Sent> =>
  fc
    .array(fc.oneof(...parts), { minLength: 1, maxLength: 2 })
    .map((query) => ({ method: 'GET', path: `${base}?${query.join('&')}` }));

const entries = '/api/v1/collections/posts/entries';
const inBody = (member: string) =>
  hostile.map((value): Sent => ({
    method: 'POST',
    path: `${entries}/search`,
    body: { query: { must: [{ live: true }] }, [member]: value },
  }));
const clauses = fc.tuple(path, operator, hostile).map(([p, o, v]): Sent => ({
  method: 'POST',
  path: `${entries}/search`,
  body: { query: { must: [{ [p]: { [o]: v } }], should: [{ match: { [v]: v } }] } },
}));
const queries = hostileQuery.map((query): Sent => ({
  method: 'POST',
  path: `${entries}/search`,
  body: { query },
}));

const overTrpc = fc
  .tuple(
    fc.constantFrom('entries.list', 'records.list', 'entries.aggregate', 'entries.search'),
    fc.constantFrom('filter', 'sort', 'fields', 'include', 'cursor', 'q', 'search', 'group_by'),
    fc.oneof(
      hostile,
      hostile.map((text) => [text]),
      fc.tuple(path, hostile).map(([p, v]) => ({ [p]: v })),
      fc.tuple(path, operator, hostile).map(([p, o, v]) => ({ _or: [{ [p]: { [o]: v } }] })),
      fc.tuple(hostile, hostile).map(([p, v]) => ({ [p]: { [v]: v } })),
    ),
  )
  .map(([procedure, member, value]): Sent => {
    const input = JSON.stringify({ collection: 'posts', q: 'a', [member]: value });
    const { q: _, ...rest } = JSON.parse(input) as Record<string, unknown>;
    const own = procedure === 'entries.search' || member === 'q' ? input : JSON.stringify(rest);
    return { method: 'GET', path: `/trpc/${procedure}?input=${wire(own)}` };
  });

const inPaths = inUrl
  .map((text) => text.replaceAll(/[/?\\]|^\.+$/g, '-'))
  .map((text): Sent => ({
    method: 'GET',
    path: `/api/v1/collections/${text}/entries/${text}?limit=1`,
  }));

const anyRequest: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 4, arbitrary: gets(entries, filters, bare, sorts, views('include'), pages) },
  {
    weight: 3,
    arbitrary: gets('/api/models/posts/entries', filters, sorts, views('include'), named('search')),
  },
  {
    weight: 3,
    arbitrary: gets('/api/v1/collections/posts/records', filters, sorts, views('expand'), pages),
  },
  {
    weight: 2,
    arbitrary: gets(`${entries}/search`, named('q'), named('facets'), filters, bare, sorts),
  },
  {
    weight: 2,
    arbitrary: gets(
      `${entries}/aggregate`,
      filters,
      named('group_by'),
      ...['sum', 'avg', 'min', 'max', 'distinct', 'count'].map((each) =>
        named(`aggregate[${each}]`),
      ),
      inUrl.map((text) => `group_by=created_at:${text}`),
      inUrl.map((text) => `having[sum][${text}][gt]=1`),
      named('having[count][gt]'),
    ),
  },
  { weight: 1, arbitrary: gets('/api/v1/search', named('q'), named('collections')) },
  { weight: 1, arbitrary: gets('/api/v1/collections', named('type'), named('status')) },
  { weight: 1, arbitrary: fc.oneof(...['q', 'sort', 'facets', 'limit', 'query'].map(inBody)) },
  { weight: 2, arbitrary: clauses },
  { weight: 2, arbitrary: queries },
  { weight: 3, arbitrary: overTrpc },
  { weight: 1, arbitrary: inPaths },
);

/**
 * Every place that takes a text of a question, through every family and both doors; in URLs that Node itself
 * still reads.
 */
export const hostileRequests = anyRequest.filter(({ path }) => path.length < 30_000);
