import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSchemathesis, schemathesisPath } from '../support/find-schemathesis.ts';
import { runProgram } from '../support/run-program.ts';
import { createSamples } from '../support/sample-collections.ts';
import { repositoryRoot } from '../support/server-process.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

/** Seconds that Schemathesis may spend; the phases before fuzzing take most of them. */
const BUDGET = 170;

// The server held against its own document by a program that knows neither: `schemathesis.toml`
// says how, `schemathesis_hooks.py` what no document can say.
describe.runIf(hasSchemathesis())('Schemathesis', () => {
  let server: RunningServer;
  beforeAll(async () => {
    // Every reply is also held against its contract.
    server = await startServer({ CHECK_OUTPUT: 'true' });
    await createSamples(server);
  });
  afterAll(() => server?.stop());

  test(
    'finds no undocumented reply, no broken schema, no crash',
    { timeout: 2 * BUDGET * 1000 },
    async () => {
      const words = [
        'run',
        `${server.url}/api/v1/openapi.json`,
        `--max-time=${BUDGET}`,
        '--no-color',
      ];
      const { code, stdout, stderr } = await runProgram(schemathesisPath(), words, {
        cwd: `${repositoryRoot}/e2e`,
        settings: { CMS_E2E_KEY: server.apiKey },
      });
      process.stdout.write(stdout.slice(stdout.lastIndexOf('= SUMMARY =')));
      expect(code, `${stdout}\n${stderr}`).toBe(0);
      expect(server.process.output).not.toContain('"level":50');
    },
  );
});
