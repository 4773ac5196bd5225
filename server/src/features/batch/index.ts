export { batchHandlers } from './handlers.ts';
