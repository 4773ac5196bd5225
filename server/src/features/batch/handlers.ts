import type { batchContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { runBatch } from './run-batch.ts';

export const batchHandlers = {
  run: runBatch,
} satisfies HandlersOf<typeof batchContracts>;
