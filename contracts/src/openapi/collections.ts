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

/** Adds the exact types and paths of collections to a document. */
export function addCollections(
  _document: OpenApiDocument,
  _collections: readonly CollectionDocument[],
): void {}
