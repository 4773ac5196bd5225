import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustCall } from '../support/call-api.ts';
import { hasSchemathesis, schemathesisPath } from '../support/find-schemathesis.ts';
import { runProgram } from '../support/run-program.ts';
import { createSamples, sampleCollections } from '../support/sample-collections.ts';
import { repositoryRoot } from '../support/server-process.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Cases that Schemathesis invents for each operation. */
const EXAMPLES = Number(process.env['TEST_EXAMPLES'] ?? 8);
/** A run that repeats itself; with a seed of one's own it explores, and follows chains of calls, too. */
const SEED = process.env['TEST_SEED'];
const REPEATED_PHASES = '--phases=examples,coverage,fuzzing';
/** Seconds that it goes on for. */
const BUDGET = 100;

// The server held against its own document by a program that knows neither: `schemathesis.toml`
// says how, `schemathesis_hooks.py` what no document can say.
describe.runIf(hasSchemathesis())('Schemathesis', () => {
  let server: RunningServer;
  let kept: string[];
  beforeAll(async () => {
    // Every reply is also held against its contract.
    server = await startServer({ CHECK_OUTPUT: 'true' });
    await createSamples(server);
    const ids = sampleCollections.map(({ name }) =>
      mustCall<{ id: string }>(server, 'GET', `/api/v1/collections/${name}`),
    );
    type Projects = { data: { id: string }[] };
    const { data: projects } = await mustCall<Projects>(server, 'GET', '/v1/projects');
    kept = [
      ...projects.map(({ id }) => id),
      ...sampleCollections.map(({ name }) => name),
      ...(await Promise.all(ids)).map(({ id }) => id),
    ];
  });
  afterAll(() => server?.stop());

  test(
    'finds no crash, no undocumented reply, no reply that its schema does not allow',
    async () => {
      const words = [
        'run',
        `${server.url}/api/v1/openapi.json`,
        `--max-examples=${EXAMPLES}`,
        `--max-time=${BUDGET}`,
        '--no-color',
        SEED ? `--seed=${SEED}` : REPEATED_PHASES,
      ];
      const { code, stdout, stderr } = await runProgram(schemathesisPath(), words, {
        cwd: `${repositoryRoot}/e2e`,
        settings: {
          CMS_E2E_KEY: server.apiKey,
          CMS_E2E_KEEP: kept.join(),
          // What Python and Hypothesis keep for the next time is kept elsewhere.
          PYTHONDONTWRITEBYTECODE: '1',
          HYPOTHESIS_STORAGE_DIRECTORY: temporaryFolder(),
        },
      });
      process.stdout.write(stdout.slice(stdout.lastIndexOf('= SUMMARY =')));
      expect(code, `${stdout}\n${stderr}`).toBe(0);
      expect(server.process.output).not.toContain('"level":50');
    },
    2 * BUDGET * 1000,
  );
});
