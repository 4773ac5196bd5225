import type { apiKeysContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { keyReply } from './api-key.mapper.ts';
import type { ApiKeys } from './api-keys.ts';
import { createKey } from './create-key.ts';
import { findKey } from './find-key.ts';
import { listKeys } from './list-keys.ts';
import { readUsage } from './read-usage.ts';
import { revokeKey } from './revoke-key.ts';
import { rotateKey } from './rotate-key.ts';
import { updateKey } from './update-key.ts';

export const apiKeysHandlers = (keys: ApiKeys) =>
  ({
    create: createKey,
    list: listKeys,
    get: async (ctx, input) => keyReply(await findKey(ctx, input.id), ctx.clock.now()),
    update: (ctx, input) => updateKey(keys, ctx, input),
    revoke: (ctx, input) => revokeKey(keys, ctx, input),
    rotate: (ctx, input) => rotateKey(keys, ctx, input),
    usage: readUsage,
  }) satisfies HandlersOf<typeof apiKeysContracts>;
