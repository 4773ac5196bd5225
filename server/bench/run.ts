import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBench } from './bench.ts';
import { readOptions, usage } from './options.ts';
import { callerTable, detailTable, ratioTable } from './report/markdown.ts';

const stopped = new AbortController();
const stop = (name: string): void => {
  // Whoever asks twice does not want to wait for the servers to drain.
  if (stopped.signal.aborted) process.exit(130);
  stopped.abort(`Stopped by ${name}`);
};
process.on('SIGINT', stop).on('SIGTERM', stop);

/** The longest run: the measured time with its warm-ups, and ten minutes for the rest. */
const longest = ({ rounds, seconds, scenarios, targets }: ReturnType<typeof readOptions>): number =>
  ((rounds + 1) * seconds * 1.5 * scenarios.length * targets.length + 600) * 1000;

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return console.log(usage);
  const options = readOptions(process.argv.slice(2));
  const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(longest(options))]);
  const folder = await mkdtemp(join(tmpdir(), 'cms-bench-'));
  try {
    const slots = await runBench(options, folder, signal);
    console.log(`\n${ratioTable(slots, options.scenarios)}\n`);
    if (options.targets.includes('anonymous'))
      console.log(`${callerTable(slots, options.scenarios)}\n`);
    console.log(`${detailTable(slots, options.scenarios)}\n`);
    if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(slots, null, 2));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  // A request that is cut off by Ctrl-C fails in many ways; only the cause is worth telling.
  if (stopped.signal.aborted) console.error(stopped.signal.reason);
  else console.error(error);
  process.exitCode = stopped.signal.aborted ? 130 : 1;
}
