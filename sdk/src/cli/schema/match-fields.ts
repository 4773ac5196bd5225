import type { NormalField } from './normal-field.ts';

/** A wanted field, with the id by which the server knows it, and what it is there now. */
export interface MatchedField {
  readonly wanted: NormalField;
  readonly current: NormalField | undefined;
}

/**
 * Finds for each wanted field the one on the server that it means: by id, so that a rename is seen;
 * else by name, as in a project where the ids are others. An id that is unknown there is left out.
 */
export function matchFields(
  wanted: readonly NormalField[],
  current: readonly NormalField[],
): MatchedField[] {
  const byId = new Map(current.map((field) => [field.id, field]));
  const claimed = new Set(
    wanted.flatMap(({ id }) => (id !== undefined && byId.has(id) ? [id] : [])),
  );
  const byName = new Map(
    current
      .filter(({ id }) => id === undefined || !claimed.has(id))
      .map((field) => [field.name.toLowerCase(), field]),
  );
  return wanted.map((field) => {
    const known = field.id === undefined ? undefined : byId.get(field.id);
    const match = known ?? byName.get(field.name.toLowerCase());
    return { wanted: adopt(field, match), current: match };
  });
}

/** The wanted field with the server's ids, its own and those of the fields within. */
function adopt(
  { id: _foreign, ...field }: NormalField,
  match: NormalField | undefined,
): NormalField {
  const { fields, blocks, ...options } = field.options ?? {};
  const within = (wanted: readonly NormalField[], current: readonly NormalField[] | undefined) =>
    matchFields(wanted, current ?? []).map((each) => each.wanted);
  const known = match?.options;
  const adopted = {
    ...options,
    ...(fields === undefined ? {} : { fields: within(fields, known?.fields) }),
    ...(blocks === undefined
      ? {}
      : {
          blocks: Object.fromEntries(
            Object.entries(blocks).map(([name, inner]) => [
              name,
              within(inner, known?.blocks?.[name]),
            ]),
          ),
        }),
  };
  return {
    ...(match?.id === undefined ? {} : { id: match.id }),
    ...field,
    ...(field.options === undefined ? {} : { options: adopted }),
  };
}
