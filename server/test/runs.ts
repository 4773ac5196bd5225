/**
 * How many cases a property is tried with: `TEST_CASES=10` tries ten times as many as the normal run,
 * `TEST_SEED` the same ones again.
 */
export const runs = (normal: number): { numRuns: number; seed?: number } => {
  const factor = Number(process.env['TEST_CASES'] ?? 1);
  const seed = process.env['TEST_SEED'];
  return {
    numRuns: Math.max(1, Math.round(normal * factor)),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  };
};

/** The time that so many cases may take, in milliseconds: as many times the normal one. */
export const patience = (normal: number): number =>
  normal * Math.max(1, Number(process.env['TEST_CASES'] ?? 1));
