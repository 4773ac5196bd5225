import type { CallOptions } from '../call-options.ts';
import type { components, operations } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';
import { allPages } from './all-pages.ts';

/** An account as a resource: what it is made of is in `attributes`. */
export type UserAccount = components['schemas']['UserResource'];
export type UserAccountPage = components['schemas']['UserPage'];
export type UserQuery = NonNullable<operations['users_list']['parameters']['query']>;
export type NewUser = components['schemas']['UsersCreateBody']['data'];
export type UserChange = components['schemas']['UsersUpdateBody']['data'];

export interface UsersResource {
  /** One page, newest first. */
  list(query?: UserQuery, options?: CallOptions): Promise<UserAccountPage>;
  /** All accounts, page by page as the loop asks for them. */
  iterate(query?: UserQuery, options?: CallOptions): AsyncGenerator<UserAccount, void, undefined>;
  /** An account by its id, or `me` for one's own. */
  get(id: string, options?: CallOptions): Promise<UserAccount>;
  /** Without a password its owner is mailed a token to set one. */
  create(user: NewUser, options?: CallOptions): Promise<UserAccount>;
  update(id: string, change: UserChange, options?: CallOptions): Promise<UserAccount>;
  delete(id: string, options?: CallOptions): Promise<void>;
}

const root = '/api/v1/users';
const one = '/api/v1/users/{id}';

/** Accounts, for administrators to manage and each for itself. Every call throws ApiError or NetworkError. */
export function usersResource({ raw, with: init }: Transport): UsersResource {
  const at = (id: string) => ({ path: { id } });
  return {
    list: (query = {}, options = {}) =>
      dataOf(raw.GET(root, { params: { query }, ...init(options) })),
    iterate: (query = {}, options = {}) =>
      allPages<UserAccount, UserQuery>(query, async (page) => {
        const { data, response } = await raw.GET(root, {
          params: { query: page },
          ...init(options),
        });
        return { response, ...(data ? { data: { items: data.data } } : {}) };
      }),
    get: async (id, options = {}) =>
      (await dataOf(raw.GET(one, { params: at(id), ...init(options) }))).data,
    // A second try would find the address taken, so none is made unless asked for.
    create: async (data, options = {}) =>
      (await dataOf(raw.POST(root, { body: { data }, ...init({ retries: 0, ...options }) }))).data,
    update: async (id, data, options = {}) =>
      (await dataOf(raw.PUT(one, { params: at(id), body: { data }, ...init(options) }))).data,
    delete: async (id, options = {}) =>
      void (await raw.DELETE(one, { params: at(id), ...init(options) })),
  };
}
