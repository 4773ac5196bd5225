import type { systemContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { checkHealth } from './check-health.ts';

export const systemHandlers = {
  health: checkHealth,
  live: async () => ({ status: 'alive' }),
} satisfies HandlersOf<typeof systemContracts>;
