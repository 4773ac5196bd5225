import { supplyOf } from '../measure/supply.ts';
import type { Scenario } from '../scenarios/index.ts';
import { callTarget } from './call-target.ts';
import type { Target } from './target.ts';

/** A reply of a real server, for L2 to send. */
export interface Sample {
  readonly method: string;
  readonly status: number;
  readonly text: string;
}

/** What a scenario has to ask of a target before it can make requests. */
export const preparedFor = (
  scenario: Scenario,
  target: Target,
  articles: number,
  signal: AbortSignal,
): Promise<string> => {
  const ask = async (path: string) => {
    const { text } = await callTarget(target, { method: 'GET', path }, signal);
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };
  return scenario.prepare?.(ask, articles) ?? Promise.resolve('');
};

/** One reply to each scenario's request. Throws at one that is no 2xx. */
export async function takeSamples(
  target: Target,
  ids: readonly string[],
  scenarios: readonly Scenario[],
  signal: AbortSignal,
): Promise<Map<Scenario, Sample>> {
  const supply = supplyOf(ids, 0);
  const samples = new Map<Scenario, Sample>();
  for (const scenario of scenarios) {
    const prepared = await preparedFor(scenario, target, ids.length, signal);
    const request = scenario.request({ ...supply, prepared });
    const reply = await callTarget(target, request, signal);
    samples.set(scenario, { method: request.method, ...reply });
  }
  return samples;
}
