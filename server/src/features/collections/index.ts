export { createCollection } from './create-collection.ts';
export { collectionsHandlers } from './handlers.ts';
