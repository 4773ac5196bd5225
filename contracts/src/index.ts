import { apiKeysContracts } from './api-keys.ts';
import { auditContracts } from './audit.ts';
import { authContracts } from './auth.ts';
import { batchContracts } from './batch.ts';
import { collectionsContracts } from './collections.ts';
import type { RouterOf } from './contract.ts';
import { aggregateContracts } from './entries-aggregate.ts';
import { bulkContracts } from './entries-bulk.ts';
import { whereContracts } from './entries-where.ts';
import { entriesContracts } from './entries.ts';
import { permissionsContracts } from './explain.ts';
import { invitationsContracts } from './families/invitations.ts';
import { projectMembersContracts } from './families/members.ts';
import { modelsContracts } from './families/models.ts';
import { recordsContracts } from './families/records.ts';
import { teamsContracts } from './families/teams.ts';
import { projectsContracts } from './projects.ts';
import { searchIndexContracts } from './search-index.ts';
import { entriesSearchContracts, searchContracts } from './search.ts';
import { singletonContracts } from './singletons.ts';
import { systemContracts } from './system.ts';
import { transferContracts } from './transfers.ts';
import { usersContracts } from './users.ts';

/** Every operation of the product, nested as the tRPC router is. */
export const contracts = {
  collections: collectionsContracts,
  entries: {
    ...entriesContracts,
    ...bulkContracts,
    ...whereContracts,
    ...transferContracts,
    ...aggregateContracts,
    ...entriesSearchContracts,
  },
  singleton: singletonContracts,
  records: recordsContracts,
  models: modelsContracts,
  search: { ...searchContracts, ...searchIndexContracts },
  batch: batchContracts,
  auth: authContracts,
  users: usersContracts,
  permissions: permissionsContracts,
  apiKeys: apiKeysContracts,
  audit: auditContracts,
  teams: teamsContracts,
  members: projectMembersContracts,
  invitations: invitationsContracts,
  projects: projectsContracts,
  system: systemContracts,
};
export type Contracts = typeof contracts;

/** The type of the tRPC router: clients infer from it without any server code. */
export type AppRouter = RouterOf<Contracts>;

export * from './api-keys.ts';
export * from './audit.ts';
export * from './auth.ts';
export * from './batch.ts';
export * from './collections.ts';
export * from './contract.ts';
export * from './entries-aggregate.ts';
export * from './entries-bulk.ts';
export * from './entries-where.ts';
export * from './entries.ts';
export * from './errors.ts';
export * from './explain.ts';
export * from './families/content.ts';
export * from './families/invitations.ts';
export * from './families/members.ts';
export * from './families/models.ts';
export * from './families/records.ts';
export * from './families/roles.ts';
export * from './families/teams.ts';
export * from './fields.ts';
export * from './filters.ts';
export * from './permissions.ts';
export * from './families/platform.ts';
export * from './primitives.ts';
export * from './projection.ts';
export * from './projects.ts';
export * from './scopes.ts';
export * from './search-index.ts';
export * from './search-words.ts';
export * from './search.ts';
export * from './singletons.ts';
export * from './system.ts';
export * from './transfers.ts';
export * from './users.ts';
