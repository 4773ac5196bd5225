import type { Scenario } from '../scenarios/index.ts';
import { measureSlot, type Slot, type SlotOptions } from './slot.ts';

/** A target and the ids of its articles. */
export type Entrant = Pick<SlotOptions, 'target' | 'ids'>;
/** The same, ready for one scenario. */
export type Prepared = Entrant & Pick<SlotOptions, 'prepared' | 'statements'>;
export type RoundOptions = Omit<SlotOptions, 'scenario' | 'round' | keyof Prepared> & {
  readonly rounds: number;
};

/**
 * Measures a scenario: rounds of one slot per target, so that what else the machine does hits all
 * alike; each round begins with another target, so that none always follows the same one. A round
 * before the first is not counted: the engine compiles what is hot while that runs.
 */
export async function measureRounds(
  scenario: Scenario,
  entrants: readonly Prepared[],
  { rounds, ...rest }: RoundOptions,
): Promise<Slot[]> {
  const slots: Slot[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const first = (round + 1) % entrants.length;
    for (const entrant of [...entrants.slice(first), ...entrants.slice(0, first)])
      slots.push(await measureSlot({ ...rest, ...entrant, scenario, round }));
  }
  return slots.filter(({ round }) => round >= 0);
}
