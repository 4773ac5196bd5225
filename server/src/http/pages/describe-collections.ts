import type { CollectionDocument } from '@cms/contracts/openapi';
import type { Principal } from '../../content/context.ts';
import { entryDataSchema } from '../../content/fields/json-schema.ts';
import { withoutHidden } from './without-hidden.ts';
import type { Collection } from '../../content/schema/collection.ts';

/** Which collections a document shows: all of them, those that are no drafts, or the public ones. */
export type Visibility = 'managed' | 'read' | 'public';

/** What a caller may see of the schema. */
export function visibilityFor({ permissions }: Pick<Principal, 'permissions'>): Visibility {
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
  if (status === 'draft') return false;
  return visibility === 'read' || rules.list === '' || rules.view === '';
}

/** Hidden fields are in replies for those alone who manage the schema; the public learns of none. */
function describe(
  { name, label, type, fields }: Collection,
  visibility: Visibility,
): CollectionDocument {
  const written = visibility === 'public' ? withoutHidden(fields) : fields;
  return {
    name,
    label,
    type,
    read: entryDataSchema(fields, 'read', { showHidden: visibility === 'managed' }),
    create: entryDataSchema(written, 'create'),
    update: entryDataSchema(written, 'update'),
  };
}
