export { operationsOf } from './add-examples.ts';
export type { CollectionDocument } from './collections.ts';
export { deriveExample } from './derive-example.ts';
export { buildDocument, type DocumentOptions } from './document.ts';
export { type NamedRoute, namedRoutes } from './operation-ids.ts';
export { refusalsOf } from './refusals.ts';
export type { JsonSchema, OpenApiDocument } from './types.ts';
