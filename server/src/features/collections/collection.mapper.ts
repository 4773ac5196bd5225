import type { Collection as CollectionReply } from '@cms/contracts';
import { toFieldOutput, toSchemaField } from '../../content/fields/describe-field.ts';
import type { ProjectSchema } from '../../content/schema/schema-registry.ts';
import type { StoredCollection } from '../../content/schema/collection.ts';
import { RawJson } from '../../platform/json/raw-json.ts';

const noRules = { list: null, view: null, create: null, update: null, delete: null };

/** A collection as it is shown. Relations name their collection as the schema has it. */
export function collectionReply(
  stored: StoredCollection,
  schema: Pick<ProjectSchema, 'find'>,
): CollectionReply {
  const nameOf = (id: string) => (id === stored.id ? stored.name : (schema.find(id)?.name ?? id));
  return {
    id: stored.id,
    name: stored.name,
    label: stored.label,
    type: stored.type,
    status: stored.status,
    default_status: stored.default_status,
    fields: stored.fields.map((field) => toFieldOutput(field, nameOf)),
    schema: stored.fields.map((field) => toSchemaField(field, nameOf)),
    options: stored.options,
    rules: { ...noRules, ...stored.rules } as CollectionReply['rules'],
    revision: stored.revision,
    created_at: stored.created_at,
    updated_at: stored.updated_at,
  };
}

/** A collection with its ETag. */
export const toCollection = (
  stored: StoredCollection,
  schema: Pick<ProjectSchema, 'find'>,
): RawJson<CollectionReply> =>
  new RawJson(JSON.stringify(collectionReply(stored, schema)), {
    id: stored.id,
    etag: `${stored.revision}`,
  });
