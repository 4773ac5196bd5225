export { permissionsHandlers } from './handlers.ts';
