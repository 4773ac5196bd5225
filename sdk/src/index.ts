export { createClient, type ClientOptions, type CmsClient, type Health } from './client.ts';
export type { CallOptions, ChangeOptions, CreateOptions } from './call-options.ts';
export type {
  CollectionMap,
  CollectionTypes,
  SingletonNames,
  UntypedCollection,
  UntypedCollections,
} from './collection-types.ts';
export type {
  Affected,
  BulkOutcome,
  Entry,
  EntryPage,
  EntryStatus,
  ListQuery,
  ProjectSearchOptions,
  SearchClauses,
  SearchHit,
  SearchOptions,
  SearchPage,
  SortKey,
  SystemSort,
} from './entry-types.ts';
export { ApiError, NetworkError, type ErrorCode, type ErrorDetail } from './errors.ts';
export type {
  ApiKey,
  ApiKeyPage,
  ApiKeysResource,
  KeyUsage,
  NewApiKey,
} from './resources/api-keys.ts';
export type {
  AuditPage,
  AuditQuery,
  AuditResource,
  AuditRow,
  AuditStatistics,
  AuditVerification,
} from './resources/audit.ts';
export type { Filter, FilterFields, FilterOperators, FilterValue } from './filter.ts';
export type { Aggregated, AggregateFunctions, AggregateQuery } from './resources/aggregate.ts';
export type { Include, IncludeOptions, View } from './view.ts';
export type { AuthResource, Said, Session, Tokens, User } from './resources/auth.ts';
export type {
  Collection,
  CollectionChange,
  CollectionPage,
  CollectionsResource,
  NewCollection,
} from './resources/collections.ts';
export type { BatchOperation, BatchOptions, BatchReply } from './resources/batch.ts';
export type { EntriesResource, EntryChange, NewEntry } from './resources/entries.ts';
export type { WhereOptions, WhereResource } from './resources/entries-where.ts';
export type {
  CustomRole,
  Invitation,
  InvitationsResource,
  Member,
  MembersResource,
  NewMember,
  NewRole,
  PageQuery,
  RoleChange,
  RolesResource,
} from './resources/members.ts';
export type { Explanation, PermissionsResource, Question } from './resources/permissions.ts';
export type {
  NewProject,
  Project,
  ProjectChange,
  ProjectPage,
  ProjectsResource,
} from './resources/projects.ts';
export type { SearchResource, SearchStatus } from './resources/search.ts';
export type { SingletonResource } from './resources/singleton.ts';
export type { Membership, NewTeam, Team, TeamChange, TeamsResource } from './resources/teams.ts';
export type {
  FileBody,
  ImportOptions,
  ImportReport,
  TransferFormat,
  TransfersResource,
} from './resources/transfers.ts';
export type {
  NewUser,
  UserAccount,
  UserAccountPage,
  UserChange,
  UserQuery,
  UsersResource,
} from './resources/users.ts';
export type { components, operations, paths } from './schema.d.ts';
export type { RawClient } from './transport.ts';
export type { TrpcClient } from './trpc.ts';
