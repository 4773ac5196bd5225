import type { Scenario } from '../scenarios/index.ts';
import { callTarget } from '../targets/call-target.ts';
import type { BenchDatabase } from '../targets/start-database.ts';
import { preparedFor } from '../targets/take-samples.ts';
import type { Entrant, Prepared } from './rounds.ts';
import { supplyOf } from './supply.ts';

/** Requests whose statements are counted, after as many that are not: the first ones look more up. */
const COUNTED = 5;

/** Asks of every target what a scenario needs to know, and how many statements one request takes. */
export async function prepareEntrants(
  scenario: Scenario,
  entrants: readonly Entrant[],
  database: BenchDatabase,
  signal: AbortSignal,
): Promise<Prepared[]> {
  const result: Prepared[] = [];
  for (const { target, ids } of entrants) {
    // L2 sends a reply of the model's, whatever it is asked.
    const isServer = target.name !== 'L2';
    const prepared = isServer ? await preparedFor(scenario, target, ids.length, signal) : '';
    const supply = supplyOf(ids, COUNTED, prepared);
    const ask = async () => {
      for (let sent = 0; sent < COUNTED; sent += 1)
        await callTarget(target, scenario.request(supply), signal);
    };
    if (!isServer) {
      result.push({ target, ids, prepared, statements: undefined });
      continue;
    }
    await ask();
    const owner = target.name === 'L3' ? 'L3' : 'product';
    const count = await database.countStatements(owner, ask);
    result.push({ target, ids, prepared, statements: count / COUNTED });
  }
  return result;
}
