import type { Field, FieldOf, OnDelete } from './field.ts';

/** A reference from an entry to an entry. */
export interface Reference {
  readonly fieldId: string;
  /** Where the id is, by names: `authors.0`. */
  readonly path: string;
  readonly entryId: string;
  /** The relation's `collection` option. */
  readonly collection: string;
  readonly onDelete: OnDelete;
}

/** All relation fields of these, nested ones included, with the path of each by names. */
export function relationsOf(
  fields: readonly Field[],
  prefix = '',
): { field: FieldOf<'relation'>; path: string }[] {
  return fields.flatMap((field) => {
    const path = `${prefix}${field.name}`;
    if (field.type === 'relation') return [{ field, path }];
    if (field.type === 'component') return relationsOf(field.options.fields, `${path}.`);
    if (field.type === 'blocks')
      return Object.entries(field.options.blocks).flatMap(([name, own]) =>
        relationsOf(own, `${path}.${name}.`),
      );
    return [];
  });
}

type Collect = (value: unknown, path: string, into: Reference[]) => void;
type Stored = Readonly<Record<string, unknown>>;

const collectors = new WeakMap<readonly Field[], Collect>();

/** All references in an entry's stored data; what finds them is compiled once per list of fields. */
export function compiledReferences(fields: readonly Field[], data: Stored): Reference[] {
  const references: Reference[] = [];
  collectorOf(fields)(data, '', references);
  return references;
}

function collectorOf(fields: readonly Field[]): Collect {
  const known = collectors.get(fields);
  if (known) return known;
  const parts = fields.flatMap((field) => {
    const collect = collectField(field);
    return collect ? [{ key: field.key, name: field.name, collect }] : [];
  });
  const made: Collect = (value, path, into) => {
    const data = value as Stored;
    for (const { key, name, collect } of parts) {
      const own = Object.hasOwn(data, key) ? data[key] : null;
      if (own !== null && own !== undefined) collect(own, `${path}${name}`, into);
    }
  };
  collectors.set(fields, made);
  return made;
}

function collectField(field: Field): Collect | undefined {
  if (field.type === 'relation') return field.options.multiple ? each(one(field)) : one(field);
  if (relationsOf([field]).length === 0) return undefined;
  if (field.type === 'component') {
    const inner = collectorOf(field.options.fields);
    const object: Collect = (value, path, into) => inner(value, `${path}.`, into);
    return field.options.multiple ? each(object) : object;
  }
  if (field.type !== 'blocks') return undefined;
  const kinds = new Map(
    Object.entries(field.options.blocks).map(([name, own]) => [name, collectorOf(own)]),
  );
  return each((value, path, into) =>
    kinds.get(String((value as Stored)['type']))?.(value, `${path}.`, into),
  );
}

const one =
  (field: FieldOf<'relation'>): Collect =>
  (value, path, into) =>
    into.push({
      fieldId: field.id,
      path,
      entryId: value as string,
      collection: field.options.collection,
      onDelete: field.options.on_delete,
    });

const each =
  (collect: Collect): Collect =>
  (value, path, into) => {
    for (const [index, item] of (value as readonly unknown[]).entries())
      collect(item, `${path}.${index}`, into);
  };
