import type { CallOptions } from '../call-options.ts';
import type { operations } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';

type Operation = keyof operations;
type BodyOf<O extends Operation> = operations[O] extends {
  requestBody?: { content: { 'application/json': infer Body } };
}
  ? Body
  : never;
type ReplyOf<O extends Operation> = operations[O]['responses'] extends {
  200: { content: { 'application/json': infer Reply } };
}
  ? Reply
  : operations[O]['responses'] extends { 201: { content: { 'application/json': infer Reply } } }
    ? Reply
    : never;

/** Tokens and the account they belong to. */
export type Tokens = ReplyOf<'auth_login'>;
export type User = ReplyOf<'auth_me'>;
export type Session = ReplyOf<'auth_sessions_list'>['items'][number];
/** What happened, in words. */
export type Said = ReplyOf<'auth_forgotPassword'>;

export interface AuthResource {
  /** Makes an account and logs it in. */
  register(account: BodyOf<'auth_register'>, options?: CallOptions): Promise<Tokens>;
  /** Logs in: make a client with the access token as its `apiKey`. */
  login(credentials: BodyOf<'auth_login'>, options?: CallOptions): Promise<Tokens>;
  /** New tokens for a refresh token, which works once; keep the new one. */
  refresh(refreshToken: string, options?: CallOptions): Promise<Tokens>;
  /** Ends the session of this client's access token. */
  logout(options?: CallOptions): Promise<void>;
  /** The account of this client's access token. */
  me(options?: CallOptions): Promise<User>;
  forgotPassword(email: string, options?: CallOptions): Promise<Said>;
  resetPassword(token: string, newPassword: string, options?: CallOptions): Promise<Said>;
  verifyEmail(token: string, options?: CallOptions): Promise<Said>;
  changePassword(change: BodyOf<'auth_changePassword'>, options?: CallOptions): Promise<Said>;
  readonly sessions: {
    list(options?: CallOptions): Promise<Session[]>;
    end(id: string, options?: CallOptions): Promise<void>;
    /** Ends all sessions but this one. */
    endOthers(options?: CallOptions): Promise<void>;
  };
}

const root = '/api/v1/auth';

/** Accounts and their sessions. Every call throws ApiError or NetworkError. */
export function authResource({ raw, with: init }: Transport): AuthResource {
  // Tokens are given once: a second try could spend them unseen, so none is made unless asked for.
  const once = (options: CallOptions = {}) => init({ retries: 0, ...options });
  return {
    register: (body, options) => dataOf(raw.POST(`${root}/register`, { body, ...once(options) })),
    login: (body, options) => dataOf(raw.POST(`${root}/login`, { body, ...once(options) })),
    refresh: (refresh_token, options) =>
      dataOf(raw.POST(`${root}/refresh`, { body: { refresh_token }, ...once(options) })),
    logout: async (options) => void (await raw.POST(`${root}/logout`, { ...once(options) })),
    me: (options = {}) => dataOf(raw.GET(`${root}/me`, { ...init(options) })),
    forgotPassword: (email, options) =>
      dataOf(raw.POST(`${root}/forgot-password`, { body: { email }, ...once(options) })),
    resetPassword: (token, new_password, options) =>
      dataOf(
        raw.POST(`${root}/reset-password`, { body: { token, new_password }, ...once(options) }),
      ),
    verifyEmail: (token, options) =>
      dataOf(raw.POST(`${root}/verify-email`, { body: { token }, ...once(options) })),
    changePassword: (body, options) =>
      dataOf(raw.POST(`${root}/change-password`, { body, ...once(options) })),
    sessions: {
      list: async (options = {}) =>
        (await dataOf(raw.GET(`${root}/sessions`, { ...init(options) }))).items,
      end: async (id, options = {}) =>
        void (await raw.DELETE(`${root}/sessions/{id}`, {
          params: { path: { id } },
          ...init(options),
        })),
      endOthers: async (options = {}) =>
        void (await raw.DELETE(`${root}/sessions`, { ...init(options) })),
    },
  };
}
