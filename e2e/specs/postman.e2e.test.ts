import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/run-program.ts';
import { createSamples } from '../support/sample-collections.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The Postman collection, as somebody downloads it and presses "Run": only the key is theirs.
let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
  await createSamples(server);
});
afterAll(() => server.stop());

interface Execution {
  readonly item: { readonly name: string };
  readonly response?: { readonly code: number };
  readonly assertions?: readonly { readonly error?: { readonly message: string } }[];
}
interface Report {
  readonly run: {
    readonly stats: Record<'requests' | 'assertions', { total: number; failed: number }>;
    readonly executions: readonly Execution[];
    readonly failures: readonly { source?: { name?: string }; error: { message: string } }[];
  };
}

test('newman runs it from top to bottom, twice, without a failure', async () => {
  const folder = temporaryFolder();
  const response = await fetch(`${server.url}/postman-collection.json`);
  expect(response.status).toBe(200);
  const collection = await response.text();
  writeFileSync(join(folder, 'collection.json'), collection);
  const asked = JSON.parse(collection) as { item: { item: unknown[] }[] };
  const count = asked.item.reduce((sum, { item }) => sum + item.length, 0);

  // What one run leaves behind must not be in the way of the next.
  for (const run of ['first', 'second']) {
    const words = ['run', 'collection.json', '--env-var', `apiKey=${server.apiKey}`];
    const reporter = ['--reporters', 'json', '--reporter-json-export', `${run}.json`];
    const { stderr } = await runCommand('newman', 'newman', [...words, ...reporter], {
      cwd: folder,
    });
    const report = JSON.parse(readFileSync(join(folder, `${run}.json`), 'utf8')) as Report;
    const { stats, failures, executions } = report.run;
    const said = failures.map(({ source, error }) => `${source?.name}: ${error.message}`);
    expect(said, stderr).toEqual([]);
    expect(stats.requests).toMatchObject({ total: count, failed: 0 });
    expect(stats.assertions.total).toBeGreaterThanOrEqual(count);
    expect(executions.filter((each) => !each.assertions?.length)).toEqual([]);
  }
});
