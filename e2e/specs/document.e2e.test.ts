import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { repositoryRoot } from '../support/server-process.ts';
import { runCommand } from '../support/run-program.ts';
import { createSamples, sampleCollections } from '../support/sample-collections.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The document as tools see it: of a server that has collections with every type of field.
let server: RunningServer;
let folder: string;
let document: { openapi: string; paths: Record<string, unknown> };

/**
 * `{collection}/entries/bulk` and `posts/entries/{id}` both match `posts/entries/bulk`, says Redocly;
 * but the document has that path too, and one without parameters comes before both.
 */
function isSettledAmbiguity(problem: string): boolean {
  if (!problem.startsWith('no-ambiguous-paths ')) return false;
  const [one = '', other = ''] = [...problem.matchAll(/`([^`]+)`/g)].map(([, path]) => path);
  const theirs = (other as string).split('/');
  const concrete = (one as string)
    .split('/')
    .map((part, index) => (part.startsWith('{') ? theirs[index] : part));
  return concrete.join('/') in document.paths;
}

/** The generator and its compiler are the SDK's. */
const sdk = pathToFileURL(join(repositoryRoot, 'sdk/package.json')).href;

beforeAll(async () => {
  server = await startServer();
  await createSamples(server);
  folder = temporaryFolder();
  document = JSON.parse(await fetchText('/api/v1/openapi.json')) as typeof document;
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document, undefined, 1));
});
afterAll(() => server.stop());

async function fetchText(path: string): Promise<string> {
  const response = await fetch(server.url + path, {
    headers: { Authorization: `Bearer ${server.apiKey}` },
  });
  expect(response.status).toBe(200);
  return response.text();
}

test('it knows the collections that were created', () => {
  expect(document.openapi).toBe('3.1.0');
  const paths = Object.keys(document.paths);
  for (const { name } of sampleCollections)
    expect(paths.some((path) => path.startsWith(`/api/v1/collections/${name}/`))).toBe(true);
});

test('YAML says the same as JSON', async () => {
  expect(parse(await fetchText('/api/v1/openapi.yaml'))).toEqual(document);
});

test('an anonymous reader sees what is public', async () => {
  const response = await fetch(`${server.url}/api/v1/openapi.json`);
  const { paths } = (await response.json()) as typeof document;
  expect(paths).toHaveProperty(['/api/v1/collections/posts/entries']);
  expect(paths).not.toHaveProperty(['/api/v1/collections/people/entries']);
});

describe('linters', () => {
  test('Redocly, recommended rules: no error, no warning', async () => {
    const words = ['lint', 'openapi.json', '--extends=recommended', '--format=json'];
    const { stdout, stderr } = await runCommand('@redocly/cli', 'redocly', words, { cwd: folder });
    const report = JSON.parse(stdout) as {
      problems: { ruleId: string; message: string; location: { pointer?: string }[] }[];
    };
    const said = report.problems
      .map(({ ruleId, message, location: [at] }) => `${ruleId} at ${at?.pointer}: ${message}`)
      .filter((text) => !isSettledAmbiguity(text));
    expect(said, stderr).toEqual([]);
  });

  test('Spectral, spectral:oas: no error, no warning', async () => {
    writeFileSync(join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n');
    const words = ['lint', 'openapi.json', '--format=json', '--quiet'];
    const { stdout, stderr } = await runCommand('@stoplight/spectral-cli', 'spectral', words, {
      cwd: folder,
    });
    const problems = JSON.parse(stdout) as { code: string; message: string; path: string[] }[];
    const said = problems.map(
      ({ code, message, path }) => `${code} at ${path.join('/')}: ${message}`,
    );
    expect(said, stderr).toEqual([]);
  });
});

test('types generated from it compile', async () => {
  const generated = await runCommand(
    'openapi-typescript',
    'openapi-typescript',
    ['openapi.json', '--output', 'schema.d.ts', '--default-non-nullable=false'],
    { cwd: folder, from: sdk },
  );
  expect(generated.code, generated.stderr).toBe(0);

  // A type that is wrong in a way that the generator does not see shows when it is used.
  writeFileSync(
    join(folder, 'use.ts'),
    `import type { components, paths } from './schema.d.ts';
     type Posts = paths['/api/v1/collections/posts/entries'];
     type Page = Posts['get']['responses'][200]['content']['application/json'];
     export const title = (page: Page): string | undefined => page.items[0]?.data.title;
     export const post: components['schemas']['PostsCreate'] = { title: 'Hello', kind: 'news' };
     // @ts-expect-error: a value that is not listed
     export const other: components['schemas']['PostsCreate'] = { title: 'Hello', kind: 'rumour' };
    `,
  );
  const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', types: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const compiled = await runCommand('typescript', 'tsc', [], { cwd: folder, from: sdk });
  expect(compiled.stdout).toBe('');
  expect(compiled.code).toBe(0);
});
