import type { CollectionDocument } from './collections.ts';
import { deriveExample } from './derive-example.ts';
import { typeNameOf } from './operation-ids.ts';
import { selfContained } from './self-contained.ts';
import type { JsonSchema, OpenApiDocument } from './types.ts';
import { uniqueName } from './unique-name.ts';

/** What the data in a body is for: it is read, or sent to create or to update. */
export type Use = 'read' | 'create' | 'update';

/** Copies part of a document with the collection's own types in place of the general ones. */
export type Retype = (part: unknown, use: Use) => unknown;

const prefix = '#/components/schemas/';
/** Components that stand for the data of any collection. */
const general: ReadonlySet<string> = new Set([
  'EntryData',
  'BareFields',
  'BulkEntry',
  'BulkChange',
]);

/**
 * Adds a collection's data types to a document. The returned function copies what uses the general
 * ones: components that hold them somewhere get a twin (`PostsEntry`, `PostsEntryPage`) when first met.
 */
export function collectionTypes(
  document: OpenApiDocument,
  schemas: Readonly<Record<string, JsonSchema>>,
  collection: CollectionDocument,
): Retype {
  const added = ((document.components ??= {}).schemas ??= {}) as Record<string, JsonSchema>;
  const base = uniqueName(typeNameOf(collection.name), (name) =>
    [name, `${name}Create`, `${name}Update`].some((each) => each in added),
  );
  const names = { read: base, create: `${base}Create`, update: `${base}Update` };

  const twins = new Map<string, string>();
  const twinOf = (name: string, use: Use): string => {
    const data = names[use];
    added[data] ??= dataSchema(collection[use], use);
    if (name === 'EntryData' || name === 'BareFields') return data;
    if (!holdsData(name, schemas)) return name;
    const known = twins.get(`${name} ${use}`);
    if (known !== undefined) return known;
    const twin = uniqueName(base + name, (each) => each in added);
    twins.set(`${name} ${use}`, twin);
    // Named before it is made: a schema may refer to itself.
    added[twin] = {};
    if (name === 'BulkEntry') added[twin] = bulkEntry(data);
    else if (name === 'BulkChange') added[twin] = bulkChange(data, added[data] as JsonSchema);
    else added[twin] = retype(schemas[name], use) as JsonSchema;
    return twin;
  };
  const retype: Retype = (part, use) => {
    if (Array.isArray(part)) return part.map((each) => retype(each, use));
    if (typeof part !== 'object' || part === null) return part;
    const { $ref: ref } = part as { $ref?: unknown };
    if (typeof ref === 'string' && ref.startsWith(prefix))
      return { ...part, $ref: prefix + twinOf(ref.slice(prefix.length), use) };
    // An example body holds data of some other collection.
    const dropped = 'schema' in part ? ['example', 'examples'] : [];
    const kept = Object.entries(part).filter(([key]) => !dropped.includes(key));
    return Object.fromEntries(kept.map(([key, value]) => [key, retype(value, use)]));
  };
  return retype;
}

/** A collection's own schema with an example that can be sent as it is, wherever one can be made. */
function dataSchema(schema: JsonSchema, use: Use): JsonSchema {
  const own = selfContained(schema);
  const example =
    deriveExample(own, {}, { optional: true, ids: use === 'read' }) ??
    deriveExample(own, {}, { optional: true });
  return example === undefined || 'examples' in own ? own : { ...own, examples: [example] };
}

const bulkEntry = (data: string): JsonSchema => ({
  anyOf: [
    { $ref: prefix + data },
    {
      type: 'object',
      required: ['data'],
      properties: {
        data: { $ref: prefix + data },
        status: { $ref: `${prefix}EntryStatus` },
        locale: { type: 'string' },
      },
      additionalProperties: false,
    },
  ],
});

const bulkChange = (data: string, schema: JsonSchema): JsonSchema => {
  const named = {
    id: { type: 'string', minLength: 1, maxLength: 100 },
    expected_version: { type: 'integer', minimum: 0 },
  };
  return {
    anyOf: [
      // A reference could not be added to where other keys are forbidden.
      {
        type: 'object',
        required: ['id'],
        properties: { ...(schema['properties'] as object), ...named },
        additionalProperties: false,
      },
      {
        type: 'object',
        required: ['id', 'data'],
        properties: {
          ...named,
          data: { $ref: prefix + data },
          status: { $ref: `${prefix}EntryStatus` },
          locale: { type: 'string' },
        },
        additionalProperties: false,
      },
    ],
  };
};

const found = new WeakMap<object, Map<string, boolean>>();

/** True where a component has the general data somewhere within. */
function holdsData(name: string, schemas: Readonly<Record<string, JsonSchema>>): boolean {
  if (general.has(name)) return true;
  const known = found.get(schemas) ?? new Map<string, boolean>();
  found.set(schemas, known);
  const before = known.get(name);
  if (before !== undefined) return before;
  known.set(name, false);
  const refs = JSON.stringify(schemas[name] ?? {}).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
  const holds = [...refs].some(([, other]) => holdsData(other as string, schemas));
  known.set(name, holds);
  return holds;
}
