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
  Entry,
  EntryPage,
  EntryStatus,
  ListQuery,
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
export type { AuthResource, Said, Session, Tokens, User } from './resources/auth.ts';
export type {
  Collection,
  CollectionChange,
  CollectionPage,
  CollectionsResource,
  NewCollection,
} from './resources/collections.ts';
export type { EntriesResource, NewEntry } from './resources/entries.ts';
export type { SingletonResource } from './resources/singleton.ts';
export type { components, operations, paths } from './schema.d.ts';
export type { RawClient } from './transport.ts';
export type { TrpcClient } from './trpc.ts';
