import type { permissionsContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { explain } from './explain.ts';

export const permissionsHandlers = { explain } satisfies HandlersOf<typeof permissionsContracts>;
