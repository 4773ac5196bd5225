import { parseArgs } from 'node:util';
import { type Scenario, scenarios } from './scenarios/index.ts';
import { type TargetName, targetNames } from './targets/target.ts';

export const usage = `node server/bench/run.ts [options]
  --articles N      rows on either side before measuring (100000)
  --rounds N        rounds of one slot per target and scenario (5)
  --seconds N       measured seconds of a slot, after a warm-up of a quarter of it (3)
  --connections N   parallel connections, one request at a time on each (16)
  --only R1,W1      these scenarios: ${scenarios.map(({ name }) => name).join(', ')}
  --targets L3,…    these targets: ${targetNames.join(', ')}
  --json FILE       writes every slot's numbers there too
  --cpu-prof DIR    writes a CPU profile of the product there when it ends`;

export interface Options {
  readonly articles: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly scenarios: readonly Scenario[];
  readonly targets: readonly TargetName[];
  readonly json: string | undefined;
  readonly profileDir: string | undefined;
}

/** Reads the command line. Throws, in words, for what is unknown or out of range. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      articles: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '16' },
      only: { type: 'string', default: scenarios.map(({ name }) => name).join() },
      targets: { type: 'string', default: targetNames.join() },
      json: { type: 'string' },
      'cpu-prof': { type: 'string' },
    },
  });
  return {
    articles: numberOf('articles', values.articles, 100, 10_000_000),
    rounds: numberOf('rounds', values.rounds, 1, 100),
    seconds: numberOf('seconds', values.seconds, 0.2, 600),
    connections: numberOf('connections', values.connections, 1, 1000),
    scenarios: chosen('only', values.only, scenarios, ({ name }) => name),
    targets: chosen('targets', values.targets, targetNames, (name) => name),
    json: values.json,
    profileDir: values['cpu-prof'],
  };
}

function numberOf(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} ${text}: a number from ${least} to ${most} is wanted.\n${usage}`);
}

/** Those of `all` that a list of names picks, in the order of `all`. */
function chosen<T>(
  option: string,
  text: string,
  all: readonly T[],
  nameOf: (item: T) => string,
): T[] {
  const names = new Set(text.split(','));
  const picked = all.filter((item) => names.has(nameOf(item)));
  if (picked.length === names.size) return picked;
  throw new Error(`--${option} ${text}: there is only ${all.map(nameOf).join(', ')}.\n${usage}`);
}
