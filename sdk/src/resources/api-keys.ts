import type { CallOptions, ChangeOptions } from '../call-options.ts';
import type { components, operations } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';
import { allPages } from './all-pages.ts';

type Schemas = components['schemas'];
/** A key as it is shown: everything but the key itself. */
export type ApiKey = Schemas['ApiKey'];
/** A key with its text, which is shown this once. */
export type NewApiKey = Schemas['NewApiKey'];
export type ApiKeyPage = Schemas['ApiKeyPage'];
export type KeyUsage = Schemas['KeyUsage'];
type QueryOf<O extends 'apiKeys_list' | 'apiKeys_usage'> = NonNullable<
  operations[O]['parameters']['query']
>;

export interface ApiKeysResource {
  /** Makes a key; keep its `key`, which is never shown again. */
  create(key: Schemas['ApiKeysCreateBody'], options?: CallOptions): Promise<NewApiKey>;
  /** One page of the keys, the newest first. */
  list(query?: QueryOf<'apiKeys_list'>, options?: CallOptions): Promise<ApiKeyPage>;
  /** All keys, page by page as the loop asks for them. */
  iterate(
    query?: QueryOf<'apiKeys_list'>,
    options?: CallOptions,
  ): AsyncGenerator<ApiKey, void, undefined>;
  get(id: string, options?: CallOptions): Promise<ApiKey>;
  /** Changes what is given; the key itself stays. */
  update(
    id: string,
    change: Schemas['ApiKeysUpdateBody'],
    options?: ChangeOptions,
  ): Promise<ApiKey>;
  /** Ends a key for good. */
  revoke(id: string, options?: ChangeOptions): Promise<void>;
  /** Gives a key a new text; the old one works on for the overlap, five minutes unless said. */
  rotate(
    id: string,
    rotation?: { readonly overlapSeconds?: number },
    options?: CallOptions,
  ): Promise<NewApiKey>;
  /** Uses by day, and the latest one by one. */
  usage(id: string, query?: QueryOf<'apiKeys_usage'>, options?: CallOptions): Promise<KeyUsage>;
}

const root = '/api/v1/api-keys';
const one = '/api/v1/api-keys/{id}';

/** Keys for programs. Every call throws ApiError or NetworkError. */
export function apiKeysResource({ raw, with: init }: Transport): ApiKeysResource {
  // A key is shown once: a second try could make another unseen, so none is made unless asked for.
  const once = (options: CallOptions = {}) => init({ retries: 0, ...options });
  const at = (id: string) => ({ path: { id } });
  return {
    create: (body, options) => dataOf(raw.POST(root, { body, ...once(options) })),
    list: (query = {}, options = {}) =>
      dataOf(raw.GET(root, { params: { query }, ...init(options) })),
    iterate: (query = {}, options = {}) =>
      allPages(query, (page) => raw.GET(root, { params: { query: page }, ...init(options) })),
    get: (id, options = {}) => dataOf(raw.GET(one, { params: at(id), ...init(options) })),
    update: (id, body, options = {}) =>
      dataOf(raw.PATCH(one, { params: at(id), body, ...init(options) })),
    revoke: async (id, options = {}) => {
      await raw.DELETE(one, { params: at(id), ...init(options) });
    },
    rotate: (id, { overlapSeconds } = {}, options = {}) =>
      dataOf(
        raw.POST(`${one}/rotate`, {
          params: at(id),
          body: overlapSeconds === undefined ? {} : { overlap_seconds: overlapSeconds },
          ...once(options),
        }),
      ),
    usage: (id, query = {}, options = {}) =>
      dataOf(raw.GET(`${one}/usage`, { params: { ...at(id), query }, ...init(options) })),
  };
}
