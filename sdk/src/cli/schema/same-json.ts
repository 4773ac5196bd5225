/** A value as JSON with its keys in order: two values with the same text say the same. */
export const canonicalJson = (value: unknown): string => JSON.stringify(ordered(value)) ?? '';

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}
