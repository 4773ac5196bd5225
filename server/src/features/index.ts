import type { contracts } from '@cms/contracts';
import type { HandlersOf } from '../content/handlers.ts';
import { type Accounts, authHandlers } from './accounts/index.ts';
import { collectionsHandlers } from './collections/index.ts';
import { entriesHandlers } from './entries/index.ts';
import { modelsHandlers } from './models/index.ts';
import { permissionsHandlers } from './permissions/index.ts';
import { recordsHandlers } from './records/index.ts';
import { singletonHandlers } from './singletons/index.ts';
import { systemHandlers } from './system/index.ts';
import { usersHandlers } from './users/index.ts';

/** Every handler, nested as the contracts are. */
export const handlersWith = (accounts: Accounts): HandlersOf<typeof contracts> => ({
  collections: collectionsHandlers,
  entries: entriesHandlers,
  singleton: singletonHandlers,
  records: recordsHandlers,
  models: modelsHandlers,
  auth: authHandlers(accounts),
  users: usersHandlers(accounts),
  permissions: permissionsHandlers,
  system: systemHandlers,
});
