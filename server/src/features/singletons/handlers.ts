import type { singletonContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { RawJson } from '../../platform/json/raw-json.ts';
import { canonical, showOne, toEntry } from '../entries/index.ts';
import { readSingleton } from './read-singleton.ts';
import { writeSingleton } from './write-singleton.ts';

export const singletonHandlers = {
  get: async (ctx, view) => {
    const { text, head } = await showOne(ctx, view, canonical, () => readSingleton(ctx));
    return new RawJson(text, head);
  },
  put: async (ctx, input) => toEntry(ctx, await writeSingleton(ctx, input)),
} satisfies HandlersOf<typeof singletonContracts>;
