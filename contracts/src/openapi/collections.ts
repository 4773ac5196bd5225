import { ambiguousPaths } from './ambiguous-paths.ts';
import { addCollectionPaths, isOfEntries } from './collection-paths.ts';
import { collectionTypes } from './collection-types.ts';
import { pruneSchemas } from './prune-schemas.ts';
import { uniqueName } from './unique-name.ts';
import type { JsonSchema, OpenApiDocument } from './types.ts';

/** A collection as the document needs it: its name and the JSON Schemas of an entry's data. */
export interface CollectionDocument {
  readonly name: string;
  readonly label?: string | null;
  readonly type: 'content' | 'base' | 'singleton';
  /** Data as it is read, and as it is sent to create and to update. */
  readonly read: JsonSchema;
  readonly create: JsonSchema;
  readonly update: JsonSchema;
}

/**
 * Adds the exact types of collections to a document: components `Posts`, `PostsCreate` and
 * `PostsUpdate`, and a twin of every canonical entry operation with those instead of any data. General
 * paths that tools could then mistake for a collection's own make way for it.
 */
export function addCollections(
  document: OpenApiDocument,
  collections: readonly CollectionDocument[],
): void {
  if (collections.length === 0) return;
  const tags = (document.tags ??= []);
  // What is there before any collection is added is what the twins are made of.
  const operations = structuredClone(document.paths ?? {});
  const schemas = structuredClone(document.components?.schemas ?? {}) as Record<string, JsonSchema>;
  for (const collection of collections) {
    const tag = uniqueName(collection.name, (name) => tags.some((each) => each.name === name));
    const title = collection.label ?? collection.name;
    tags.push({
      name: tag,
      description: `Entries of the collection ${title}, with its exact types`,
    });
    const types = collectionTypes(document, schemas, collection);
    addCollectionPaths(document, operations, collection, tag, types);
  }
  if (collections.every(({ type }) => type === 'singleton')) return;
  for (const path of ambiguousPaths(Object.keys(operations).filter(isOfEntries)))
    delete document.paths?.[path];
  pruneSchemas(document);
}
