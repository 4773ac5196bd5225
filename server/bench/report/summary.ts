import { median } from '../measure/statistics.ts';
import type { Slot } from '../measure/slot.ts';
import type { Scenario } from '../scenarios/index.ts';
import type { TargetName } from '../targets/target.ts';

/** The share of another target's requests per second, round by round. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Requests per second that were waited for. */
export const perSecond = (slot: Slot): number => slot.perSecond;

/** Requests per second of CPU of server and PostgreSQL: busy neighbours change it less. */
export const perCpuSecond = ({ cpu }: Slot): number =>
  1000 / ((cpu.server ?? NaN) + (cpu.postgres ?? NaN));

/** What the product, or another target, does as a share of a baseline's; undefined where one did not run. */
export function ratioOf(
  slots: readonly Slot[],
  scenario: Scenario,
  baseline: TargetName,
  numberOf: (slot: Slot) => number,
  target: TargetName = 'product',
): Ratio | undefined {
  const base = slotsOf(slots, scenario, baseline).map(numberOf);
  const own = slotsOf(slots, scenario, target).map(numberOf);
  const ratios = own.map((value, round) => value / (base[round] ?? NaN));
  if (ratios.length === 0 || base.length === 0) return undefined;
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/**
 * The product's share of what it does itself in another scenario, round by round. By CPU: the two are measured
 * one after the other, when the machine may have had other things to do.
 */
export function shareOf(
  slots: readonly Slot[],
  scenario: Scenario,
  other: string,
  numberOf: (slot: Slot) => number,
): Ratio | undefined {
  const base = slots.filter(({ scenario: name, target }) => name === other && target === 'product');
  const own = slotsOf(slots, scenario, 'product');
  if (base.length === 0 || own.length === 0) return undefined;
  const ratios = own.map((slot, round) => numberOf(slot) / numberOf(base[round] ?? slot));
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/** A target's slots of one scenario, round by round. */
export const slotsOf = (
  slots: readonly Slot[],
  scenario: Scenario,
  target: TargetName,
): readonly Slot[] =>
  slots.filter((slot) => slot.scenario === scenario.name && slot.target === target);

/** The median over the rounds of one number of a target's slots. */
export const medianOf = (
  slots: readonly Slot[],
  numberOf: (slot: Slot) => number | undefined,
): number => median(slots.map((slot) => numberOf(slot) ?? NaN));
