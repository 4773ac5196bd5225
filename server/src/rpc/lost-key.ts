/**
 * The dotted path of the first key `__proto__` in an input, if there is one. Nothing can be called so, and
 * what reads objects drops it: a condition that gets lost is a filter that lets everything through.
 */
export function lostKey(input: unknown): string | undefined {
  const waiting: [value: unknown, path: string][] = [[input, '']];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [value, path] = next;
    if (!isPlain(value)) continue;
    if (Object.hasOwn(value, '__proto__')) return `${path}__proto__`;
    for (const [key, inner] of Object.entries(value))
      if (typeof inner === 'object') waiting.push([inner, `${path}${key}.`]);
  }
  return undefined;
}

/** What JSON and query strings are read to; files and streams are something else. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Array.isArray(value);
}
