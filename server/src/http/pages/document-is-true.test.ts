import { contracts } from '@cms/contracts';
import { buildDocument, operationsOf } from '@cms/contracts/openapi';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Reply, startTestServer, type TestServer } from '../../../test/harness.ts';
import { describeCollections } from './describe-collections.ts';

/** One field of every type, with what is hard to say in a document. */
const fields = [
  { name: 'title', type: 'text', required: true, options: { pattern: '^[A-Z]', min_length: 2 } },
  { name: 'body', type: 'editor' },
  { name: 'mail', type: 'email' },
  { name: 'link', type: 'url' },
  { name: 'slug', type: 'slug', options: { from: 'title' } },
  { name: 'price', type: 'number', options: { min: 0.5, max: 2 } },
  { name: 'stock', type: 'integer', default: 3 },
  { name: 'active', type: 'bool' },
  { name: 'day', type: 'date' },
  { name: 'moment', type: 'datetime', default: 'now' },
  { name: 'tags', type: 'select', options: { values: ['a', 'b'], multiple: true } },
  {
    name: 'settings',
    type: 'json',
    options: {
      schema: {
        type: 'object',
        $defs: { name: { type: 'string' } },
        properties: { a: { $ref: '#/$defs/name' } },
      },
    },
  },
  { name: 'author', type: 'relation', options: { collection: 'authors' } },
  { name: 'place', type: 'geo_point' },
  {
    name: 'parts',
    type: 'component',
    options: { multiple: true, fields: [{ name: 'x', type: 'text', required: true }] },
  },
  {
    name: 'content',
    type: 'blocks',
    options: {
      blocks: { quote: [{ name: 'text', type: 'text' }], image: [{ name: 'src', type: 'url' }] },
    },
  },
  { name: 'notes', type: 'text', hidden: true },
];

let server: TestServer;
let document: ReturnType<typeof buildDocument>;
let fits: (place: string, value: unknown) => string;

beforeAll(async () => {
  server = await startTestServer();
  await server.ask('POST', '/api/v1/collections', {
    body: { name: 'authors', fields: [{ name: 'name', type: 'text', required: true }] },
  });
  const made = await server.ask('POST', '/api/v1/collections', {
    body: { name: 'everything', fields },
  });
  expect(made.text).toContain('"everything"');
  const page = await server.ask('GET', '/api/models/everything/entries');
  const schema = await server.app.services.schemas.project(String(page.body['meta']?.['tenantId']));
  document = buildDocument(contracts, {
    version: '1.0.0',
    collections: describeCollections(schema.collections, 'managed'),
  });
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ ...(document as AnySchemaObject), $id: 'https://example.com/openapi' });
  fits = (place, value) => {
    const validate = ajv.compile({ $ref: `https://example.com/openapi#${place}` });
    return validate(value) ? 'fits' : ajv.errorsText(validate.errors);
  };
});
afterAll(() => server.close());

const pointer = (...keys: readonly (string | number)[]): string =>
  keys
    .map((key) => `/${encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');

/** The place of a reply's schema; refusals are shared. */
function placeOf(path: string, method: 'get' | 'post', { status, headers }: Reply): string {
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
  const response = document.paths?.[path]?.[method]?.responses?.[status] as
    | { $ref?: string }
    | undefined;
  expect(response, `${method} ${path} answers ${status}`).toBeDefined();
  const at = response?.$ref?.slice(1) ?? pointer('paths', path, method, 'responses', status);
  return `${at}${pointer('content', type, 'schema')}`;
}

const entries = '/api/v1/collections/everything/entries';
const whole = {
  title: 'Abc',
  body: 'x',
  mail: 'a@example.com',
  link: 'https://example.com',
  price: 1,
  active: true,
  day: '2024-01-31',
  tags: ['a'],
  settings: { a: 'x' },
  place: { lat: 1, lng: 2 },
  parts: [{ x: 'y' }],
  content: [{ type: 'quote', text: 'q' }],
  notes: 'seen by who manages',
};

describe('what the server answers is what the document says', () => {
  it.each([
    ['a whole entry', 'post', entries, entries, whole, 201],
    ['the least entry', 'post', entries, entries, { data: { title: 'Abc' } }, 201],
    ['a refused entry', 'post', entries, entries, { nope: 1 }, 422],
    [
      'many entries',
      'post',
      `${entries}/bulk`,
      `${entries}/bulk`,
      { entries: [whole, { data: { title: 'Abc' } }] },
      201,
    ],
    ['a list', 'get', entries, entries, undefined, 200],
    ['a missing entry', 'get', `${entries}/{id}`, `${entries}/nope`, undefined, 404],
    ['a bad query', 'get', entries, `${entries}?nope=1`, undefined, 400],
    [
      'a record',
      'post',
      '/api/v1/collections/{collection}/records',
      '/api/v1/collections/everything/records',
      { data: whole },
      201,
    ],
    [
      'records',
      'get',
      '/api/v1/collections/{collection}/records',
      '/api/v1/collections/everything/records',
      undefined,
      200,
    ],
    [
      'a model entry',
      'post',
      '/api/models/{modelKey}/entries',
      '/api/models/everything/entries',
      { data: whole },
      201,
    ],
    [
      'model entries',
      'get',
      '/api/models/{modelKey}/entries',
      '/api/models/everything/entries',
      undefined,
      200,
    ],
    [
      'a refused model entry',
      'post',
      '/api/models/{modelKey}/entries',
      '/api/models/everything/entries',
      { data: { nope: 1 } },
      422,
    ],
    ['collections', 'get', '/api/v1/collections', '/api/v1/collections', undefined, 200],
    [
      'a refused collection',
      'post',
      '/api/v1/collections',
      '/api/v1/collections',
      { name: '1' },
      422,
    ],
    ['health', 'get', '/health', '/health', undefined, 200],
  ] as const)('%s', async (_what, method, template, path, body, status) => {
    const reply = await server.ask(method.toUpperCase(), path, body === undefined ? {} : { body });
    expect(reply.status, reply.text).toBe(status);
    expect(fits(placeOf(template, method, reply), reply.body)).toBe('fits');
  });

  it('as problem details, too', async () => {
    const reply = await server.ask('GET', `${entries}/nope`, {
      headers: { accept: 'application/problem+json' },
    });
    expect(fits(placeOf(`${entries}/{id}`, 'get', reply), reply.body)).toBe('fits');
  });
});

describe('what the document shows can be sent', () => {
  it('takes for a collection every body that is an example', async () => {
    const bodies = [...operationsOf(document)].filter(
      ({ method, path }) => method === 'post' && path.startsWith('/api/v1/collections/everything/'),
    );
    expect(bodies.length).toBeGreaterThan(1);
    for (const { path, operation } of bodies) {
      const { content } = operation.requestBody as {
        content: Record<string, { example: unknown }>;
      };
      const reply = await server.ask('POST', path, { body: content['application/json']?.example });
      // Where there are two successes, 200 is that of mode=partial.
      const success = Object.keys(operation.responses ?? {}).findLast((status) => status < '300');
      expect(String(reply.status), `${path}: ${reply.text}`).toBe(success);
    }
  });
});
