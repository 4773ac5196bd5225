import type { Field } from '../field.ts';

/**
 * The storage keys of all fields, as `used_keys` lists them: `title`, nested ones as `seo/title` or
 * `body/hero/title`. As long as this is as long as the used keys, none is retired.
 */
export function storageKeysOf(fields: readonly Field[], scope = ''): string[] {
  return fields.flatMap((field) => {
    const own = `${scope}${field.key}`;
    if (field.type === 'component') return [own, ...storageKeysOf(field.options.fields, `${own}/`)];
    if (field.type !== 'blocks') return [own];
    const nested = Object.entries(field.options.blocks).flatMap(([name, fields]) =>
      storageKeysOf(fields, `${own}/${name}/`),
    );
    return [own, ...nested];
  });
}

/** Takes a key that nothing has used in this scope: the name, or the name with a number behind it. */
export function takeKey(name: string, scope: string, used: Set<string>): string {
  let key = name;
  for (let n = 2; used.has(`${scope}${key}`); n += 1) key = `${name}_${n}`;
  used.add(`${scope}${key}`);
  return key;
}
