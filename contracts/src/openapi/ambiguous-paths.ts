/**
 * Which general paths a typed one makes ambiguous: `{collection}/entries/bulk` beside
 * `posts/entries/{id}` has as many parameters, so tools cannot tell which of the two is meant. A
 * collection's own paths say the same, and win.
 */
export function ambiguousPaths(general: readonly string[]): string[] {
  return general.filter((path) =>
    general.some((other) => overlap(path, other) && count(other) - 1 === count(path)),
  );
}

const isParameter = (segment: string | undefined): boolean => segment?.startsWith('{') ?? false;
const count = (path: string): number => path.split('/').filter(isParameter).length;

/** True where some request fits both. */
function overlap(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')];
  return (
    a.length === b.length &&
    a.every((part, at) => part === b[at] || isParameter(part) || isParameter(b[at]))
  );
}
