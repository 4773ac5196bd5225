import { createInterface } from 'node:readline';
import { startEmbeddedPostgres } from './index.ts';

// A server in miniature, for the tests that need one to be killed: starts, says where, and waits to be told how to end.
const ignore = (): void => undefined;
const log = { info: ignore, warn: ignore, error: ignore };
const [dataDir = ''] = process.argv.slice(2);

try {
  const { url, port, stop } = await startEmbeddedPostgres({ dataDir, log });
  process.stdout.write(`${JSON.stringify({ url, port })}\n`);
  for await (const line of createInterface(process.stdin)) {
    if (line === 'exit') process.exit(0);
    await stop();
    break;
  }
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stdout.write(`${JSON.stringify({ error: message })}
`);
}
