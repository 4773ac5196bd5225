import type { contracts } from '@cms/contracts';
import type { HandlersOf } from '../content/handlers.ts';
import { type Accounts, authHandlers } from './accounts/index.ts';
import { type ApiKeys, apiKeysHandlers } from './api-keys/index.ts';
import { collectionsHandlers } from './collections/index.ts';
import { entriesHandlers } from './entries/index.ts';
import { modelsHandlers } from './models/index.ts';
import { recordsHandlers } from './records/index.ts';
import { singletonHandlers } from './singletons/index.ts';
import { systemHandlers } from './system/index.ts';

/** Every handler, nested as the contracts are. */
export const handlersWith = (accounts: Accounts, keys: ApiKeys): HandlersOf<typeof contracts> => ({
  collections: collectionsHandlers,
  entries: entriesHandlers,
  singleton: singletonHandlers,
  records: recordsHandlers,
  models: modelsHandlers,
  auth: authHandlers(accounts),
  apiKeys: apiKeysHandlers(keys),
  system: systemHandlers,
});
