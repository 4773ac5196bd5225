import { InvalidArgumentError } from 'commander';

/** New names by old ones; an empty new name leaves the key out. */
export type KeyMap = Readonly<Record<string, string>>;
type Entry = Readonly<Record<string, unknown>>;

/** Adds one `from=to` of the command line. Throws commander's InvalidArgumentError. */
export function addMapping(text: string, before: KeyMap = {}): KeyMap {
  const [, from, to] = /^([^=]+)=([A-Za-z0-9_.]*)$/.exec(text) ?? [];
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError('Give it as from=to, or as from= to leave the key out.');
  return { ...before, [from]: to };
}

/** Renames an entry's fields, those in `data` where it has that (beside status or locale). */
export function mapKeys(entry: Entry, map: KeyMap): Entry {
  if (Object.keys(map).length === 0) return entry;
  const { data } = entry;
  if (typeof data === 'object' && data !== null && !Array.isArray(data))
    return { ...entry, data: renamed(data as Entry, map) };
  return renamed(entry, map);
}

const renamed = (entry: Entry, map: KeyMap): Entry =>
  Object.fromEntries(
    Object.entries(entry).flatMap(([key, value]) => {
      const name = Object.hasOwn(map, key) ? map[key] : key;
      return name === undefined || name === '' ? [] : [[name, value]];
    }),
  );
