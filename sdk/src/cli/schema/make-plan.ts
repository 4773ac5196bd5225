import type { LiveCollection } from '../all-collections.ts';
import { compareFields } from './compare-fields.ts';
import { fullSettings, normalCollection, type NormalCollection } from './normal-collection.ts';
import type { Alteration, Plan } from './plan.ts';
import { canonicalJson } from './same-json.ts';

/** Compares the collections of a file with those of the server, which are known by their names. */
export function makePlan(
  wanted: readonly NormalCollection[],
  live: readonly LiveCollection[],
  options: { readonly deleteMissing: boolean },
): Plan {
  const key = (name: string) => name.toLowerCase();
  const current = new Map(live.map((each) => [key(each.name), each]));
  const names = new Set(wanted.map(({ name }) => key(name)));
  const missing = live.filter(({ name }) => !names.has(key(name)));
  return {
    create: wanted
      .filter(({ name }) => !current.has(key(name)))
      .map((collection) => ({ collection })),
    alter: wanted.flatMap((collection) => {
      const was = current.get(key(collection.name));
      return was ? alterationOf(collection, was) : [];
    }),
    drop: options.deleteMissing ? missing : [],
    kept: options.deleteMissing ? [] : missing.map(({ name }) => name),
  };
}

function alterationOf(wanted: NormalCollection, was: LiveCollection): Alteration[] {
  const current = normalCollection(was);
  const { fields, changes } = compareFields(wanted.fields, current.fields);
  const [next, before] = [fullSettings(wanted), fullSettings(current)];
  const settings = [
    ...(wanted.name === was.name ? [] : [`name ${was.name} -> ${wanted.name}`]),
    ...(Object.keys(next) as (keyof typeof next)[]).flatMap((setting) => {
      const [from, to] = [canonicalJson(before[setting]), canonicalJson(next[setting])];
      return from === to ? [] : [`${setting} ${from} -> ${to}`];
    }),
  ];
  if (settings.length === 0 && changes.length === 0) return [];
  const { name, revision } = was;
  return [{ name, revision, settings, fields: changes, collection: { ...wanted, fields } }];
}
