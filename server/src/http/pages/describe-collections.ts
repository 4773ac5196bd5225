import { entryStatuses } from '@cms/contracts';
import type { CollectionDocument, JsonSchema } from '@cms/contracts/openapi';
import type { Principal, Project } from '../../content/context.ts';
import { mayKnow } from '../../content/principal-in-project.ts';
import { entryDataSchema } from '../../content/fields/json-schema.ts';
import { isExpression } from '../../content/policy/policy.ts';
import { withoutHidden } from './without-hidden.ts';
import type { Collection } from '../../content/schema/collection.ts';

/** Which collections a document shows: all of them, those that are no drafts, the public ones, or none. */
export type Visibility = 'managed' | 'read' | 'public' | 'none';

/** What a caller may see of the schema. */
export function visibilityFor(
  { permissions }: Pick<Principal, 'permissions'>,
  project: Pick<Project, 'visibility'>,
): Visibility {
  if (!mayKnow({ permissions }, project)) return 'none';
  if (permissions.has('schema:manage')) return 'managed';
  return permissions.has('schema:read') ? 'read' : 'public';
}

/** The collections that a visibility shows, with the JSON Schemas of their entries' data. */
export function describeCollections(
  collections: readonly Collection[],
  visibility: Visibility,
): CollectionDocument[] {
  return collections
    .filter((each) => isVisible(each, visibility))
    .map((each) => describe(each, visibility));
}

function isVisible({ status, rules }: Collection, visibility: Visibility): boolean {
  if (visibility === 'managed') return true;
  if (status === 'draft' || visibility === 'none') return false;
  return visibility === 'read' || rules.list === '' || rules.view === '';
}

/**
 * Hidden fields are in replies for those alone who manage the schema; the public learns of none, nor of
 * those that a rule opens to some.
 */
function describe(
  { name, label, type, fields: all }: Collection,
  visibility: Visibility,
): CollectionDocument {
  const isPublic = visibility === 'public';
  const fields = isPublic ? all.filter((field) => !isExpression(field.rules?.read)) : all;
  const written = isPublic ? withoutHidden(fields) : fields;
  return {
    name,
    label,
    type,
    read: entryDataSchema(fields, 'read', { showHidden: visibility === 'managed' }),
    create: withStatus(entryDataSchema(written, 'create'), all),
    update: withStatus(entryDataSchema(written, 'update'), all),
  };
}

const status = {
  enum: [...entryStatuses],
  description: "The entry's status, since no field has this name",
};

/** A `status` among the data is the system's where the collection has no field of that name. */
function withStatus(schema: JsonSchema, fields: Collection['fields']): JsonSchema {
  if (fields.some((field) => field.name === 'status')) return schema;
  const properties = schema['properties'] as Record<string, JsonSchema>;
  return { ...schema, properties: { ...properties, status } };
}
