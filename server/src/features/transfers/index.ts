export { exportEntries } from './export-entries.ts';
export { transferHandlers } from './handlers.ts';
export { importEntries } from './import-entries.ts';
