import { InvalidArgumentError } from 'commander';

/** New names by old ones; an empty new name leaves the key out. */
export type KeyMap = Readonly<Record<string, string>>;

/** Adds one `from=to` of the command line. Throws commander's InvalidArgumentError. */
export function addMapping(text: string, before: KeyMap = {}): KeyMap {
  const [, from, to] = /^([^=]+)=([A-Za-z0-9_.]*)$/.exec(text) ?? [];
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError('Give it as from=to, or as from= to leave the key out.');
  return { ...before, [from]: to };
}
