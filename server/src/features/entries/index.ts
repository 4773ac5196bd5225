export { createEntries } from './create-entries.ts';
export { deleteEntry } from './delete-entry.ts';
export { dataText, headOf, toEntry } from './entry.mapper.ts';
export { entriesHandlers } from './handlers.ts';
export { listEntries } from './list-entries.ts';
export type { WrittenFields } from './read-draft.ts';
export { updateEntry } from './update-entry.ts';
