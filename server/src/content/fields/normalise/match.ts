import type { FieldDefinition } from '@cms/contracts';
import type { Field } from '../field.ts';

/**
 * The existing field that each definition means: the one with its id, else the one with its name,
 * whatever the case, that no other definition names by id.
 */
export function matchFields(
  definitions: readonly FieldDefinition[],
  existing: readonly Field[],
): (Field | undefined)[] {
  const byId = new Map(existing.map((field) => [field.id, field]));
  const byName = new Map(existing.map((field) => [field.name.toLowerCase(), field]));
  const named = definitions.map(({ id }) => (id === undefined ? undefined : byId.get(id)));
  const taken = new Set(named.filter((field) => field !== undefined));
  return definitions.map(({ name }, index) => {
    const known = named[index];
    if (known) return known;
    const same = byName.get(name.toLowerCase());
    if (!same || taken.has(same)) return undefined;
    taken.add(same);
    return same;
  });
}
