import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Asked,
  compileExpression,
  compileRequestTest,
} from '../src/content/expressions/index.ts';
import { fieldRuleScope } from '../src/content/policy/field-rules.ts';
import type { Collection } from '../src/content/schema/collection.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { days, moments, numbers, postFields, slugs, tags, texts } from './rules-data.ts';

/** A rule of a field runs in JavaScript, and means what its SQL does. */
let server: TestServer;
let posts: Collection;

beforeAll(async () => {
  server = await startTestServer();
  for (const name of ['companies', 'authors'])
    await server.ask('POST', '/api/v1/collections', { body: { name } });
  const made = await server.ask('POST', '/api/v1/collections', {
    body: { name: 'posts', fields: postFields },
  });
  expect(made.status, made.text).toBe(201);
  const { services } = server.app;
  const project = await services.projects.find(undefined);
  posts = (await services.schemas.find(String(project?.id), 'posts')) as Collection;
});
afterAll(() => server.close());

const spelled = (value: unknown): string =>
  typeof value === 'string' ? `"${value.replaceAll(/[\\"]/g, '\\$&')}"` : String(value);

/** What may be compared: a path with values that it meets, and the operators that it takes. */
const paths: readonly (readonly [string, readonly unknown[], readonly string[]])[] = [
  ['@request.auth.id', texts, ['=', '!=', '<', '>=', '~', '!~']],
  ['@request.auth.role', ['admin', 'user', ''], ['=', '!=', '~']],
  ['@request.method', ['GET', 'POST'], ['=', '!=', '>']],
  ['@request.data.title', texts, ['=', '!=', '<', '<=', '>', '>=', '~', '!~']],
  ['@request.data.slug', slugs, ['=', '!=', '<', '>=', '~']],
  ['@request.data.status', ['open', 'published'], ['=', '!=']],
  ['@request.data.price', numbers, ['=', '!=', '<', '<=', '>', '>=']],
  ['@request.data.live', [true, false], ['=', '!=']],
  ['@request.data.day', days, ['=', '!=', '<', '>']],
  ['@request.data.at', moments, ['=', '!=', '<', '>']],
  ['@request.data.kind', tags, ['=', '!=']],
];

const onPath = ([path, values, operators]: (typeof paths)[number]): fc.Arbitrary<string> => {
  const value = fc.constantFrom(...values).map(spelled);
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(...operators), value, fc.boolean())
      .map(([operator, text, turned]) =>
        turned && !operator.includes('~')
          ? `${text} ${operator} ${path}`
          : `${path} ${operator} ${text}`,
      ),
    fc.constantFrom('=', '!=').map((operator) => `${path} ${operator} null`),
    fc
      .subarray([...values, null], { maxLength: 3 })
      .map((list) => `${path} ?= [${list.map(spelled).join(', ')}]`),
  );
};
const others = fc.constantFrom(
  '@request.data.title = @request.auth.id',
  '@request.data.title != @request.data.slug',
  '@request.data.title > @request.data.slug',
  '@request.data.tags ?= "red"',
  '@request.data.tags ?= [red, null, 5]',
  '@request.data.tags ?= @request.data.slug',
  '@request.data.tags = null',
  '@request.data.meta != null',
  '@request.data.at < @now',
  '@request.data.day >= @today',
  '@now > "2026-01-01"',
  '1 < 2',
  'true = false',
  'null = null',
  '"a" != "b"',
);
const expressions = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(...paths.map(onPath), others),
    tie('any').map((inner) => `!(${inner})`),
    fc
      .tuple(tie('any'), tie('any'), fc.constantFrom('&&', '||'))
      .map(([a, b, by]) => `(${a}) ${by} (${b})`),
  ),
})).any;

const some = (values: readonly unknown[]) => fc.constantFrom<unknown>(null, ...values, { odd: 1 });
const asked: fc.Arbitrary<Asked> = fc.record({
  auth: fc.record({
    id: fc.constantFrom(...texts),
    email: fc.constant('a@b.c'),
    role: fc.constantFrom('', 'user', 'admin'),
  }),
  method: fc.constantFrom('GET', 'POST'),
  now: fc.constantFrom(...moments).map((text) => new Date(text)),
  data: fc.record(
    {
      title: some([...texts, 5]),
      slug: some(slugs),
      status: some(['open', 'published']),
      price: some([...numbers, '1']),
      live: some([true, false, 'true']),
      day: some([...days, 'no day']),
      at: some([...moments, '2024-01-31T10:30:00+01:00']),
      kind: some(tags),
      tags: some([tags, [], ['red'], ['a'], [null], 'red']),
      meta: some([{}, 0, '']),
    },
    { requiredKeys: [] },
  ),
});

it('holds where its SQL does', async () => {
  const scope = fieldRuleScope(posts, 'write');
  const property = fc.asyncProperty(expressions, asked, async (text, ask) => {
    const predicate = compileExpression(text, scope);
    const values = predicate.values(ask);
    const [row] = await server.app.services.database.sql.rows<{ holds: boolean }>(
      { text: `select (${predicate.where(1)}) is true as holds` },
      predicate.asksSent ? [predicate.sent(ask.data), ...values] : values,
    );
    expect(compileRequestTest(text, scope)(ask)).toBe(row?.holds);
  });
  await fc.assert(property, { numRuns: 3000 });
}, 120_000);
