export { entriesSearchHandlers, searchHandlers } from './handlers.ts';
