import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi } from '../support/call-api.ts';
import { runProgram } from '../support/run-program.ts';
import { repositoryRoot, ServerProcess } from '../support/server-process.ts';
import { addressOf, ownSettings } from '../support/start-server.ts';

// A person reads the README, types what it says, and comes back the next day.
const readme = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
  language,
  text: text as string,
}));
const { LOG_FORMAT: _json, ...settings } = ownSettings();
const npmStart = ['npm', 'start', '--silent'] as const;
const keyLine = /Root API key, shown this once .*: (\S+)/;

let server: ServerProcess;
let url: string;
let key: string;

beforeAll(async () => {
  expect(blocks[0]?.text).toContain('npm start');
  server = new ServerProcess(settings, npmStart);
  url = await addressOf(server);
  key = keyLine.exec(server.output)?.[1] ?? '';
});
afterAll(() => server.pressControlC());

test('the first start says where to go, and the key once', () => {
  expect(key).toMatch(/^\S{24,}$/);
  expect(server.output.split(key)).toHaveLength(2);
  expect(server.output).toContain(`${url}/docs`);
});

test('the requests of the README answer as it shows', async () => {
  const requests = blocks.find(({ text }) => text.startsWith('curl'))?.text as string;
  const shown = JSON.parse(blocks.find(({ language }) => language === 'json')?.text as string);
  const commands = requests
    .replaceAll('http://localhost:3000', url)
    .replaceAll('curl ', 'curl -sS -w "\\n" ');
  const { stdout, stderr } = await runProgram('sh', ['-c', commands], { settings: { KEY: key } });
  expect(stderr).toBe('');
  const [collection, entry] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(collection).toMatchObject({ name: 'posts', fields: [{ name: 'title', required: true }] });
  expect(Object.keys(entry)).toEqual(Object.keys(shown));
  // Ids and times are its own; what they look like is not.
  const masked = (reply: object): unknown =>
    JSON.parse(JSON.stringify(reply).replaceAll(/[0-9a-hjkmnp-tv-z]{26}|\d{4}-[^"]+Z/g, '…'));
  expect(masked(entry)).toEqual(masked(shown));
});

test('the second start has the data and keeps quiet about the key', async () => {
  await server.pressControlC();
  server = new ServerProcess(settings, npmStart);
  url = await addressOf(server);
  expect(server.output).not.toMatch(keyLine);
  expect(server.output).not.toContain(key);
  const { status, body } = await callApi<{ total: number; items: { data: unknown }[] }>(
    { url, apiKey: key },
    'GET',
    '/api/v1/collections/posts/entries',
  );
  expect(status).toBe(200);
  expect(body.total).toBe(1);
  expect(body.items[0]?.data).toEqual({ title: 'Hello' });
});
