import type { singletonContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { toEntry } from '../entries/index.ts';
import { readSingleton } from './read-singleton.ts';
import { writeSingleton } from './write-singleton.ts';

export const singletonHandlers = {
  get: async (ctx) => toEntry(ctx, await readSingleton(ctx)),
  put: async (ctx, input) => toEntry(ctx, await writeSingleton(ctx, input)),
} satisfies HandlersOf<typeof singletonContracts>;
