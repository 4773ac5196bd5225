import type { CallOptions } from './call-options.ts';
import type { CollectionMap, SingletonNames, UntypedCollections } from './collection-types.ts';
import { apiKeysResource, type ApiKeysResource } from './resources/api-keys.ts';
import { auditResource, type AuditResource } from './resources/audit.ts';
import { authResource, type AuthResource } from './resources/auth.ts';
import { type BatchCall, batchCall } from './resources/batch.ts';
import { collectionsResource, type CollectionsResource } from './resources/collections.ts';
import { entriesResource, type EntriesResource } from './resources/entries.ts';
import { membersResource, type MembersResource } from './resources/members.ts';
import { permissionsResource, type PermissionsResource } from './resources/permissions.ts';
import { projectsResource, type ProjectsResource } from './resources/projects.ts';
import { type SearchResource, searchResource } from './resources/search.ts';
import { singletonResource, type SingletonResource } from './resources/singleton.ts';
import { teamsResource, type TeamsResource } from './resources/teams.ts';
import { usersResource, type UsersResource } from './resources/users.ts';
import type { components } from './schema.d.ts';
import { createTransport, dataOf, type RawClient } from './transport.ts';
import { createTrpc, type TrpcClient } from './trpc.ts';

export type Health = components['schemas']['Health'];

export interface ClientOptions {
  /** Where the server is, such as `https://cms.example.com`. */
  readonly url: string;
  /** An API key, or an account's access token; without one you are the public. */
  readonly apiKey?: string | undefined;
  /** Id of the project, for keys that reach several. */
  readonly project?: string | undefined;
  /** How often a failed request that may safely be repeated is; 3 unless said. */
  readonly retries?: number | undefined;
  /** Milliseconds that one attempt may take; 60,000 unless said. */
  readonly timeout?: number | undefined;
  /** Further headers of every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Instead of the global fetch. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

export interface CmsClient<C extends CollectionMap<C> = UntypedCollections> {
  /** Accounts and their sessions. */
  readonly auth: AuthResource;
  /** The same people as resources. */
  readonly users: UsersResource;
  /** Who may do what, and why. */
  readonly permissions: PermissionsResource;
  /** Keys for programs. */
  readonly apiKeys: ApiKeysResource;
  /** What happened in the project. */
  readonly audit: AuditResource;
  readonly collections: CollectionsResource;
  /** Teams, with their members, invitations and roles. */
  readonly teams: TeamsResource;
  /** The members, invitations and roles of single projects. */
  readonly members: MembersResource;
  readonly projects: ProjectsResource;
  /** The entries of a collection, by its name. */
  entries<K extends keyof C & string>(collection: K): EntriesResource<C[K], C>;
  /** Creates, updates and deletes in one transaction, over any collections: all or nothing. */
  readonly batch: BatchCall;
  /** Words in all collections that you may list. */
  readonly search: SearchResource;
  /** The one entry of a singleton collection. */
  singleton<K extends SingletonNames<C>>(collection: K): SingletonResource<C[K], C>;
  /** Whether the server is ready, and what it stands on; ApiError 503 when it is not. */
  health(options?: CallOptions): Promise<Health>;
  /** Every path of the API, typed by its OpenAPI document. */
  readonly raw: RawClient;
  /** The same operations over tRPC. */
  readonly trpc: TrpcClient;
}

const RETRIES = 3;
const TIMEOUT_MS = 60_000;

/**
 * A client of one server. With the interface that `cms types` writes as its type argument,
 * collections and fields are exact. Throws TypeError for a url that is none.
 */
export function createClient<C extends CollectionMap<C> = UntypedCollections>(
  options: ClientOptions,
): CmsClient<C> {
  const url = checkedUrl(options.url);
  const headers = {
    ...options.headers,
    ...(options.apiKey ? { Authorization: `Bearer ${options.apiKey}` } : {}),
    ...(options.project ? { 'X-Project-Id': options.project } : {}),
  };
  const transport = createTransport({
    url,
    headers,
    retries: options.retries ?? RETRIES,
    timeout: options.timeout ?? TIMEOUT_MS,
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
  });
  return {
    auth: authResource(transport),
    users: usersResource(transport),
    permissions: permissionsResource(transport),
    apiKeys: apiKeysResource(transport),
    audit: auditResource(transport),
    collections: collectionsResource(transport),
    teams: teamsResource(transport),
    members: membersResource(transport, 'projects'),
    projects: projectsResource(transport),
    entries: (collection) => entriesResource(transport, collection),
    batch: batchCall(transport),
    search: searchResource(transport),
    singleton: (collection) => singletonResource(transport, collection),
    health: (call = {}) => dataOf(transport.raw.GET('/health', transport.with(call))),
    raw: transport.raw,
    trpc: createTrpc(url, headers, transport.send),
  };
}

/** The url without a slash at its end. */
function checkedUrl(url: string): string {
  if (URL.canParse(url) && /^https?:/i.test(url)) return url.replace(/\/+$/, '');
  throw new TypeError(`"${url}" is no URL of a server; give one such as "http://localhost:3000".`);
}
