export { singletonHandlers } from './handlers.ts';
