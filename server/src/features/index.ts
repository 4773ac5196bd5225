import type { contracts } from '@cms/contracts';
import type { HandlersOf } from '../content/handlers.ts';
import { type Accounts, authHandlers } from './accounts/index.ts';
import { type ApiKeys, apiKeysHandlers } from './api-keys/index.ts';
import { auditHandlers, type Sealer } from './audit/index.ts';
import { batchHandlers } from './batch/index.ts';
import { collectionsHandlers } from './collections/index.ts';
import { entriesHandlers } from './entries/index.ts';
import {
  invitationsHandlers,
  invitationsOfHandlers,
  membersHandlers,
  registeringInvitation,
} from './members/index.ts';
import { modelsHandlers } from './models/index.ts';
import { permissionsHandlers } from './permissions/index.ts';
import { type ProjectOptions, projectsHandlers } from './projects/index.ts';
import { recordsHandlers } from './records/index.ts';
import { rolesHandlers } from './roles/index.ts';
import { entriesSearchHandlers, type IndexedSearch, searchHandlers } from './search/index.ts';
import { singletonHandlers } from './singletons/index.ts';
import { systemHandlers } from './system/index.ts';
import { teamsHandlers } from './teams/index.ts';
import { transferHandlers } from './transfers/index.ts';
import { usersHandlers } from './users/index.ts';

/** What some features keep for as long as the process lives. */
export interface Shared {
  readonly accounts: Accounts;
  readonly keys: ApiKeys;
  readonly sealer: Sealer;
  readonly projectOptions: ProjectOptions;
  readonly indexed: IndexedSearch | undefined;
}

/** Every handler, nested as the contracts are. */
export const handlersWith = ({
  accounts,
  keys,
  sealer,
  projectOptions,
  indexed,
}: Shared): HandlersOf<typeof contracts> => ({
  collections: collectionsHandlers,
  entries: { ...entriesHandlers, ...transferHandlers, ...entriesSearchHandlers },
  singleton: singletonHandlers,
  records: recordsHandlers,
  models: modelsHandlers,
  users: usersHandlers(accounts),
  permissions: permissionsHandlers,
  search: searchHandlers(indexed),
  batch: batchHandlers,
  auth: authHandlers(accounts, registeringInvitation(accounts)),
  apiKeys: apiKeysHandlers(keys),
  audit: auditHandlers(sealer),
  teams: teamsHandlers(accounts),
  members: {
    ...membersHandlers(accounts, 'project'),
    invitations: invitationsOfHandlers(accounts, 'project'),
    roles: rolesHandlers(accounts, 'project'),
  },
  invitations: invitationsHandlers(accounts),
  projects: projectsHandlers(accounts, projectOptions),
  system: systemHandlers(indexed),
});
