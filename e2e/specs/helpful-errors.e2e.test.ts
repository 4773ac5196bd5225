import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSamples } from '../support/sample-collections.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

// A person with curl makes the usual mistakes; each reply says what to do next.
let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
  await createSamples(server);
});
afterAll(() => server.stop());

interface Refusal {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: readonly { readonly field: string; readonly message: string }[];
    readonly request_id: string;
  };
}

async function send(method: string, path: string, body?: string, headers: object = {}) {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      Authorization: `Bearer ${server.apiKey}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const { error } = (await response.json()) as Refusal;
  expect(error.request_id).toBe(response.headers.get('X-Request-Id'));
  return { status: response.status, headers: response.headers, error };
}

const posts = '/api/v1/collections/posts/entries';
const mistakes: readonly (readonly [
  what: string,
  send: () => ReturnType<typeof send>,
  status: number,
  says: RegExp,
])[] = [
  ['JSON that breaks off', () => send('POST', posts, '{"title":'), 400, /JSON/],
  [
    'a form',
    () => send('POST', posts, 'title=A', { 'Content-Type': 'text/plain' }),
    415,
    /application\/json/,
  ],
  [
    'a required field left out',
    () => send('POST', posts, '{"kind":"news"}'),
    422,
    /title is required/,
  ],
  [
    'a field misspelt',
    () => send('POST', posts, '{"titel":"A","kind":"news"}'),
    422,
    /titel.*title/,
  ],
  [
    'a value not listed',
    () => send('POST', posts, '{"title":"A","kind":"rumour"}'),
    422,
    /news, guide/,
  ],
  [
    'a type that there is none of',
    () =>
      send('POST', '/api/v1/collections', '{"name":"a","fields":[{"name":"b","type":"string"}]}'),
    422,
    /text, /,
  ],
  ['a parameter misspelt', () => send('GET', `${posts}?per_pge=3`), 400, /per_pge/],
  [
    'two styles of paging',
    () => send('GET', `${posts}?page=2&offset=30`),
    400,
    /two styles of paging/,
  ],
  ['a sort by nothing', () => send('GET', `${posts}?sort=nothing`), 400, /nothing/],
  [
    'a key of somebody else',
    () => send('GET', posts, undefined, { Authorization: 'Bearer nobody' }),
    401,
    /Authorization: Bearer/,
  ],
  ['a path that there is not', () => send('GET', '/api/v1/colections'), 404, /./],
  ['a method that the path has not', () => send('PUT', '/api/v1/collections', '{}'), 405, /Allow/],
];

test.each(mistakes)('%s', async (_what, make, status, says) => {
  const { status: got, headers, error } = await make();
  const told = [
    error.message,
    ...error.details.map(({ field, message }) => `${field}: ${message}`),
  ];
  expect({ got, told: told.join('\n') }).toEqual({
    got: status,
    told: expect.stringMatching(says),
  });
  if (status === 405) expect(headers.get('Allow')).toContain('POST');
});
