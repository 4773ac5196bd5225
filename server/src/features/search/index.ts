export { entriesSearchHandlers, searchHandlers } from './handlers.ts';
export { type IndexedSearch, openSearch } from './open-search.ts';
