import { filterOperators } from '@cms/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';
import { makeWorld, postFields } from './rules-data.ts';

/** Questions that make no sense, and some that do, put to the real server: 200 or 400, never a 500. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await makeWorld(server);
});
afterAll(() => server.close());

const path = fc.oneof(
  fc.constantFrom(...postFields.map(({ name }) => name)),
  fc.constantFrom(
    'author.name',
    'editors.age',
    'author.company.size',
    'seo.title',
    'sys.status',
    'created_at',
    'version',
    'id',
    'nope',
  ),
);
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.string({ maxLength: 6 }),
  fc.constantFrom(
    '',
    'null',
    'true',
    '0',
    '-0',
    '1e308',
    '1e-999',
    '-1.5',
    '99999999999999999999999',
    'NaN',
    'Infinity',
    '-infinity',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31T23:59:59.999Z',
    '2024-02-30',
    '2024-01-31T00:00:00+24:00',
    '24:00',
    'epoch',
    '@now',
    '@year-99999',
    '@year+99999',
    '@day+7',
    '@request.auth.id',
    '%',
    '\\',
    '_',
    "'",
    '"',
    '$1',
    '90,180,0',
    '-90,-180,99999999',
  ),
);
const operator = fc.constantFrom(...filterOperators, 'nope');
const part = (name: string, text: string) => `${name}=${encodeURIComponent(text)}`;
const parts = fc.oneof(
  fc.tuple(path, operator, value).map(([p, o, v]) => part(`filter[${p}][${o}]`, v)),
  fc.tuple(path, operator, value).map(([p, o, v]) => part(`${p}[${o}]`, v)),
  fc.tuple(path, value).map(([p, v]) => part(p, v)),
  fc
    .tuple(fc.constantFrom('_and', '_or', '_not'), path, value)
    .map(([g, p, v]) => part(`filter[${g}][0][${p}]`, v)),
  fc
    .array(
      fc.oneof(
        path,
        value,
        fc.constantFrom('=', '!=', '>', '<=', '~', '?=', '(', ')', '&&', '||', '!', '[', ']', ','),
      ),
      { maxLength: 8 },
    )
    .map((tokens) => part('filter', tokens.join(''))),
  fc
    .tuple(path, fc.constantFrom('=', '!=', '>', '<=', '~', '?='), value)
    .map(([p, o, v]) => part('filter', `${p}${o}'${v.replaceAll(/[\\']/g, '')}'`)),
  fc
    .array(fc.tuple(fc.constantFrom('', '-'), path, fc.constantFrom('', ':nulls_first')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((keys) => part('sort', keys.map((key) => key.join('')).join())),
  fc
    .tuple(fc.constantFrom('limit', 'page', 'offset', 'cursor', 'count'), value)
    .map(([name, v]) => part(name, v)),
  fc.constantFrom('limit=2', 'count=estimated', 'offset=101', 'per_page=1'),
);

it('REST', async () => {
  let fine = 0;
  const families = [
    'v1/collections/posts/entries',
    'v1/collections/posts/records',
    'models/posts/entries',
  ];
  const property = fc.asyncProperty(
    fc.constantFrom(...families),
    fc.uniqueArray(parts, { maxLength: 3, selector: (text) => text.split(/[=[]/)[0] }),
    async (family, query) => {
      const url = `/api/${family}?${query.join('&')}`;
      const { status, body } = await server.ask('GET', url);
      expect([url, status]).toEqual([url, status === 200 ? 200 : 400]);
      if (status === 200) fine += 1;
      else expect(body['error']?.['code']).toMatch(/^(INVALID_INPUT|VALIDATION_ERROR)$/);
    },
  );
  await fc.assert(property, { numRuns: 2500 });
  expect(fine).toBeGreaterThan(250);
}, 120_000);

it('tRPC', async () => {
  const scalar = fc.oneof(value, fc.constantFrom(null, true, 0, -1.5, 1e300), fc.double());
  const any = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(operator, scalar, { maxKeys: 2 }),
  );
  const filter = fc.dictionary(
    fc.oneof(path, fc.constantFrom('_and', '_or', '_not')),
    fc.oneof(any, fc.array(fc.dictionary(path, any, { maxKeys: 2 }))),
    { maxKeys: 3 },
  );
  const property = fc.asyncProperty(filter, async (asked) => {
    const input = encodeURIComponent(JSON.stringify({ collection: 'posts', filter: asked }));
    const { status } = await server.ask('GET', `/trpc/entries.list?input=${input}`);
    expect([asked, status]).toEqual([asked, status === 200 ? 200 : 400]);
  });
  await fc.assert(property, { numRuns: 800 });
}, 120_000);
