import { prepareEntrants } from './measure/prepare.ts';
import { measureRounds, type Entrant } from './measure/rounds.ts';
import type { Slot } from './measure/slot.ts';
import type { Options } from './options.ts';
import { asCaller } from './targets/callers.ts';
import { fillTarget, makeCollection } from './targets/fill-target.ts';
import { fillStories, makeStories } from './targets/fill-stories.ts';
import { startDatabase } from './targets/start-database.ts';
import { startConstant, startDriver, startProduct } from './targets/start-servers.ts';
import { takeSamples } from './targets/take-samples.ts';
import { callerNames } from './targets/target.ts';

/** Tells on the error stream what is being done; the tables alone go to the output. */
const tell = (text: string): void =>
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** Starts everything, fills it, measures, and stops everything, whatever happens. */
export async function runBench(
  options: Options,
  folder: string,
  signal: AbortSignal,
): Promise<Slot[]> {
  await using started = new AsyncDisposableStack();
  tell('starting PostgreSQL');
  const database = await startDatabase(folder);
  started.defer(() => database.stop());
  const entrants: Entrant[] = [];
  const callers: Entrant[] = [];
  if (options.targets.includes('L3')) {
    const target = await startDriver(database, signal);
    started.defer(() => target.stop());
    entrants.push({ target, ids: await filled(target) });
  }
  if (options.targets.includes('product')) {
    const target = await startProduct(database, folder, options.profileDir, signal);
    started.defer(() => target.stop());
    await makeCollection(target, signal);
    await makeStories(target, signal);
    const ids = await filled(target);
    for (const name of callerNames)
      if (options.targets.includes(name))
        callers.push({ target: await asCaller(target, name, signal), ids });
    entrants.push({ target, ids });
  }
  const model = entrants.at(-1);
  if (!model) throw new Error('L2 sends replies of L3 or of the product: name one of them too.');
  await database.vacuum();
  if (options.targets.includes('L2')) {
    const samples = await takeSamples(model.target, model.ids, options.scenarios, signal);
    const target = await startConstant(samples, folder, signal);
    started.defer(() => target.stop());
    entrants.unshift({ target, ids: model.ids });
  }
  const slots: Slot[] = [];
  for (const scenario of options.scenarios) {
    tell(`measuring ${scenario.name} ${scenario.title}`);
    const { rounds, seconds, connections } = options;
    const { postmaster } = database;
    const rest = { rounds, seconds, connections, postmaster, signal };
    const asking = scenario.everyCaller ? [...entrants, ...callers] : entrants;
    const prepared = await prepareEntrants(scenario, asking, database, signal);
    slots.push(...(await measureRounds(scenario, prepared, rest)));
  }
  return slots;

  async function filled(target: Entrant['target']): Promise<string[]> {
    tell(`filling ${target.name} with ${options.articles} articles`);
    await fillStories(target, signal);
    return fillTarget(target, options.articles, signal);
  }
}
