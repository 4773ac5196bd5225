import type { RunningServer } from './start-server.ts';

export interface Reply<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON; undefined where there is no body. */
  readonly body: T;
}

type Server = Pick<RunningServer, 'url'> & Partial<Pick<RunningServer, 'apiKey'>>;

/** One request with the root key, as JSON. `T` is what the caller expects in the body. */
export async function callApi<T = unknown>(
  { url, apiKey }: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply<T>> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
  };
}

/** The same for a request that prepares a test. Throws, with the reply, unless it is a 2xx. */
export async function mustCall<T = unknown>(
  server: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const reply = await callApi<T>(server, method, path, body);
  if (reply.status >= 300)
    throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body;
}
