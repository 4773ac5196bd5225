import createFetch, { type Client, type Middleware } from 'openapi-fetch';
import type { CallOptions, ChangeOptions, CreateOptions } from './call-options.ts';
import { readError } from './http/read-error.ts';
import { type Resilience, resilientFetch, type Send } from './http/resilient-fetch.ts';
import { serializeQuery } from './http/serialize-query.ts';
import type { paths } from './schema.d.ts';

/** Every path of the API, typed by its OpenAPI document. */
export type RawClient = Client<paths>;

/** How requests leave: the typed paths, and what one call adds to them. */
export interface Transport {
  readonly raw: RawClient;
  readonly send: Send;
  /**
   * Sends a request with a body or a reply of any length; throws ApiError for a refusal. Once, but for a
   * body in one piece that has an idempotency key.
   */
  stream(path: string, init: StreamInit): Promise<Response>;
  /** openapi-fetch's options for a call's own. */
  with(options?: CallOptions & CreateOptions & ChangeOptions): CallInit;
}

type StreamInit = RequestInit & { readonly duplex?: 'half' };

type CallInit = {
  readonly headers: Record<string, string>;
  readonly fetch: Send;
  readonly signal?: AbortSignal;
};

export interface TransportOptions extends Resilience {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: Send;
}

/** Makes every reply other than 2xx (and 304, which is asked for) an ApiError. */
const throwing: Middleware = {
  async onResponse({ response }) {
    if (!response.ok && response.status !== 304) throw await readError(response);
  },
};

/** A POST gets a key of its own, so that a retry of it cannot do anything twice; files may be too long for one. */
const answeredOnce: Middleware = {
  onRequest({ request }) {
    const isFile = !/json/.test(request.headers.get('content-type') ?? 'json');
    if (request.method === 'POST' && !isFile && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', globalThis.crypto.randomUUID());
  },
};

/** Builds what all resources send their requests through. */
export function createTransport(options: TransportOptions): Transport {
  const send = resilientFetch(options.fetch, options);
  const raw = createFetch<paths>({
    baseUrl: options.url,
    fetch: send,
    headers: options.headers,
    querySerializer: serializeQuery,
  });
  raw.use(answeredOnce, throwing);
  return {
    raw,
    send,
    stream: async (path, init) => {
      const headers = { ...options.headers, ...(init.headers as Record<string, string>) };
      const request = new Request(options.url + path, { ...init, headers });
      const isKept = !(init.body instanceof ReadableStream) && headers['Idempotency-Key'];
      const response = await (isKept ? send : options.fetch)(request);
      if (!response.ok) throw await readError(response);
      return response;
    },
    with: ({ signal, timeout, retries, project, headers = {}, idempotencyKey, ifMatch } = {}) => ({
      headers: {
        ...headers,
        ...(project === undefined ? {} : { 'X-Project-Id': project }),
        ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
        ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
      },
      fetch:
        timeout === undefined && retries === undefined
          ? send
          : resilientFetch(options.fetch, {
              retries: retries ?? options.retries,
              timeout: timeout ?? options.timeout,
            }),
      ...(signal === undefined ? {} : { signal }),
    }),
  };
}

/** The data of a reply that has one. */
export async function dataOf<T>(reply: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  const { data } = await reply;
  if (data === undefined || data === null) throw new TypeError('The server sent an empty reply.');
  return data;
}
