import type { Clock } from '../src/platform/clock/clock.ts';
import type { Reply, TestServer } from './harness.ts';

export const password = 'SecurePass123';
const nobody = { key: null };

/** A clock that stands still until it is moved. */
export function movableClock(): Clock & { move(seconds: number): void } {
  let time = Date.now();
  return {
    now: () => new Date(time),
    move: (seconds) => {
      time += seconds * 1000;
    },
  };
}

/** Tokens of somebody who is signed in. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly id: string;
}

export const tokensOf = ({ body }: Reply): Tokens => ({
  access: String(body['access_token']),
  refresh: String(body['refresh_token']),
  id: String(body['user']?.['id']),
});

/** Calls an operation of the accounts as nobody. */
export const auth = (
  server: TestServer,
  operation: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> => server.ask('POST', `/api/v1/auth/${operation}`, { ...nobody, body, headers });

/** Registers an account with the usual password. */
export const register = async (server: TestServer, email: string): Promise<Tokens> =>
  tokensOf(await auth(server, 'register', { email, password }));

/** Signs in, with the usual password unless another is given. */
export const logIn = (server: TestServer, email: string, word = password): Promise<Reply> =>
  auth(server, 'login', { email, password: word });

/** The status of a request that needs an account. */
export const statusOfMe = async (server: TestServer, access: string): Promise<number> =>
  (await server.ask('GET', '/api/v1/auth/me', { key: access })).status;
