import type { auditContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { getAudit, listAudit } from './list-audit.ts';
import { readStatistics } from './read-statistics.ts';
import type { Sealer } from './sealer.ts';
import { verifyChain } from './verify-chain.ts';

/** Whoever reads the log sees all that was committed before: it is sealed first. */
export const auditHandlers = (sealer: Sealer) =>
  ({
    list: async (ctx, input) => {
      await sealer.seal(ctx.project.id);
      return listAudit(ctx, input, false);
    },
    security: async (ctx, input) => {
      await sealer.seal(ctx.project.id);
      return listAudit(ctx, input, true);
    },
    statistics: async (ctx, input) => {
      await sealer.seal(ctx.project.id);
      return readStatistics(ctx, input);
    },
    verify: async (ctx) => {
      await sealer.seal(ctx.project.id);
      return verifyChain(ctx);
    },
    get: async (ctx, { id }) => {
      await sealer.seal(ctx.project.id);
      return getAudit(ctx, id);
    },
  }) satisfies HandlersOf<typeof auditContracts>;
