import type { systemContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { checkHealth, type Part } from './check-health.ts';

export const systemHandlers = (search: Part | undefined) =>
  ({
    health: (ctx) => checkHealth(ctx, search),
    live: async () => ({ status: 'alive' }),
  }) satisfies HandlersOf<typeof systemContracts>;
