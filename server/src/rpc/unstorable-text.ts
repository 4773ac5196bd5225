/** What PostgreSQL says of a NUL in a text, and in JSON. */
const codes: ReadonlySet<unknown> = new Set(['22021', '22P05']);

/** Whether an error is about a text that no database takes. */
export const isUnstorable = (error: unknown): boolean =>
  codes.has((error as { readonly code?: unknown } | null)?.code);

/** The dotted path of the first text within an input that holds NUL; undefined where none does. */
export function unstorableText(input: unknown, path = ''): string | undefined {
  if (typeof input === 'string') return input.includes('\0') ? path : undefined;
  if (typeof input !== 'object' || input === null) return undefined;
  for (const [key, value] of Object.entries(input)) {
    const inner = path === '' ? key : `${path}.${key}`;
    const found = key.includes('\0') ? inner.replaceAll('\0', '') : unstorableText(value, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
