import type { Field } from './field.ts';

type Stored = Readonly<Record<string, unknown>>;
type Wire = Record<string, unknown>;

/** How stored data becomes what callers see. */
export interface Shape {
  /** True where they are the same, so that the JSON text need not be parsed. */
  readonly passThrough: boolean;
  /** Storage keys to names at every level; what no field knows is left out. */
  toWire(stored: Stored): Wire;
}

export interface ShapeOptions {
  /** True where stored data may hold keys of fields that are gone. */
  readonly retired: boolean;
  /** True for callers who see hidden fields. */
  readonly showHidden?: boolean;
  /** Fields that are left out, whatever else is shown. */
  readonly without?: ReadonlySet<Field>;
}

/** Compiles the way from stored data to the wire for one list of fields. */
export function compileShape(
  fields: readonly Field[],
  { retired, showHidden = false, without }: ShapeOptions,
): Shape {
  const shown = without ? fields.filter((field) => !without.has(field)) : fields;
  return {
    passThrough: !retired && shown.length === fields.length && isSame(fields, showHidden),
    toWire: compileLevel(shown, showHidden),
  };
}

const nestedOf = (field: Field): readonly (readonly Field[])[] => {
  if (field.type === 'component') return [field.options.fields];
  return field.type === 'blocks' ? Object.values(field.options.blocks) : [];
};

const isSame = (fields: readonly Field[], showHidden: boolean): boolean =>
  fields.every(
    (field) =>
      field.key === field.name &&
      (showHidden || !field.hidden) &&
      nestedOf(field).every((own) => isSame(own, showHidden)),
  );

function compileLevel(fields: readonly Field[], showHidden: boolean): (stored: Stored) => Wire {
  const parts = fields
    .filter((field) => showHidden || !field.hidden)
    .map((field) => ({ key: field.key, name: field.name, map: valueMap(field, showHidden) }));
  return (stored) => {
    const wire: Wire = {};
    for (const { key, name, map } of parts)
      if (Object.hasOwn(stored, key)) wire[name] = map ? map(stored[key]) : stored[key];
    return wire;
  };
}

type ValueMap = (value: unknown) => unknown;

/** Undefined where a field's values go out as they are. */
function valueMap(field: Field, showHidden: boolean): ValueMap | undefined {
  const nullable =
    (map: ValueMap): ValueMap =>
    (value) =>
      value === null || value === undefined ? null : map(value);
  if (field.type === 'component') {
    const level = compileLevel(field.options.fields, showHidden);
    const one: ValueMap = (value) => level(value as Stored);
    return nullable(
      field.options.multiple ? (value) => (value as readonly unknown[]).map(one) : one,
    );
  }
  if (field.type !== 'blocks') return undefined;
  const kinds = new Map(
    Object.entries(field.options.blocks).map(([name, own]) => [
      name,
      compileLevel(own, showHidden),
    ]),
  );
  // Blocks of a kind that is gone are left out: nobody can say which of their keys may be shown.
  return nullable((value) =>
    (value as readonly Stored[]).flatMap((block) => {
      const level = kinds.get(String(block['type']));
      return level ? [{ type: block['type'], ...level(block) }] : [];
    }),
  );
}
