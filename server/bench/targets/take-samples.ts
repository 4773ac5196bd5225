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
    const request = scenario.request(supply);
    const reply = await callTarget(target, request, signal);
    samples.set(scenario, { method: request.method, ...reply });
  }
  return samples;
}
