export { modelsHandlers } from './handlers.ts';
