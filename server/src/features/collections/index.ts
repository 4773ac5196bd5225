export { collectionsHandlers } from './handlers.ts';
