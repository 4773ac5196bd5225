import type { StoredCollection } from '../../content/schema/collection.ts';
import type { CollectionRow } from './collection.entity.ts';

/** A row of the ORM as the content engine knows a collection. */
export const storedOf = (row: CollectionRow): StoredCollection =>
  ({
    ...row,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }) as StoredCollection;
