import type { Field } from '../../content/fields/field.ts';

type Data = Readonly<Record<string, unknown>>;

/** Gives the id for a ref; what the ref may not name is given back as it is. */
export type IdOf = (ref: string, path: string) => unknown;

/** True for `{"$ref":"…"}`, which stands for an id. */
export const isRef = (value: unknown): value is { readonly $ref: string } =>
  isObject(value) && Object.keys(value).length === 1 && typeof value['$ref'] === 'string';

/**
 * Data, by names, with ids in place of refs, wherever a relation has its id: also in components and
 * blocks, but not in fields of other types, whose JSON may hold a `$ref` of its own.
 */
export function insertIds(fields: readonly Field[], data: Data, path: string, idOf: IdOf): Data {
  const result: Record<string, unknown> = { ...data };
  for (const field of fields)
    if (Object.hasOwn(data, field.name))
      result[field.name] = inField(field, data[field.name], path + field.name, idOf);
  return result;
}

function inField(field: Field, value: unknown, path: string, idOf: IdOf): unknown {
  if (Array.isArray(value))
    return value.map((item, at) => inItem(field, item, `${path}.${at}`, idOf));
  return inItem(field, value, path, idOf);
}

function inItem(field: Field, value: unknown, path: string, idOf: IdOf): unknown {
  if (!isObject(value)) return value;
  if (field.type === 'relation') return isRef(value) ? idOf(value.$ref, path) : value;
  if (field.type === 'component') return insertIds(field.options.fields, value, `${path}.`, idOf);
  if (field.type !== 'blocks') return value;
  const type = String(value['type']);
  const own = Object.hasOwn(field.options.blocks, type) ? field.options.blocks[type] : undefined;
  return own ? insertIds(own, value, `${path}.`, idOf) : value;
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
