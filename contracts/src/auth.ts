import { z } from 'zod';
import { mutation, query } from './contract.ts';
import {
  Email,
  exampleCredentials,
  JsonWebKeySet,
  Message,
  NewPassword,
  OneTimeToken,
  Password,
  PersonName,
  SignedIn,
  User,
} from './auth-bodies.ts';
import { sessionsContracts } from './auth-sessions.ts';
import { Nothing } from './primitives.ts';

export * from './auth-bodies.ts';

const tag = 'Accounts';
const auth = '/api/v1/auth';
const signedIn = { signedIn: true } as const;

/** Accounts and their sessions (document S4, "Authentication API"; S0, "Token Management"). */
export const authContracts = {
  register: mutation({
    method: 'POST',
    path: `${auth}/register`,
    tag,
    summary: 'Register an account',
    description:
      'Makes an account and signs it in. Whoever registers with the root API key becomes an administrator; everybody else an author of the default project, where the instance lets them register. Who was invited sends the mailed token and joins that.',
    access: 'public',
    input: z.strictObject({
      email: Email,
      password: NewPassword,
      name: PersonName.optional(),
      invitation_token: OneTimeToken.optional().meta({
        description:
          'The token of an invitation to this address: joins, verifies the address, and lets in where registering needs an invitation',
      }),
    }),
    output: SignedIn,
    errors: ['FORBIDDEN', 'CONFLICT', 'VALIDATION_ERROR'],
    status: 201,
    secret: true,
    examples: { body: exampleCredentials },
  }),
  login: mutation({
    method: 'POST',
    path: `${auth}/login`,
    tag,
    summary: 'Log in',
    description:
      'Gives an access token for the Authorization header and a refresh token to get the next one. Repeated failures are slowed down with RATE_LIMITED.',
    access: 'public',
    input: z.strictObject({ email: Email, password: Password }),
    output: SignedIn,
    errors: ['UNAUTHORIZED'],
    status: 200,
    secret: true,
    examples: { body: exampleCredentials },
  }),
  refresh: mutation({
    method: 'POST',
    path: `${auth}/refresh`,
    tag,
    summary: 'Get new tokens',
    description:
      'Takes a refresh token and gives a new one with a new access token. A refresh token works once: one that is used again ends its session, since somebody else must have it.',
    access: 'public',
    input: z.strictObject({ refresh_token: z.string().min(1).max(500) }),
    output: SignedIn,
    errors: ['UNAUTHORIZED'],
    status: 200,
    secret: true,
    examples: {
      body: { refresh_token: 'cms_refresh_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    },
  }),
  logout: mutation({
    method: 'POST',
    path: `${auth}/logout`,
    tag,
    summary: 'Log out',
    description: 'Ends the session: its access and refresh tokens are dead at once.',
    access: signedIn,
    input: z.strictObject({}),
    output: Nothing,
    errors: [],
    status: 204,
    secret: true,
  }),
  forgotPassword: mutation({
    method: 'POST',
    path: `${auth}/forgot-password`,
    tag,
    summary: 'Ask for a new password',
    description:
      'Mails a token for reset-password to the account of that address. The reply is the same where there is none.',
    access: 'public',
    input: z.strictObject({ email: Email }),
    output: Message,
    errors: [],
    status: 200,
    secret: true,
    examples: { body: { email: exampleCredentials.email } },
  }),
  resetPassword: mutation({
    method: 'POST',
    path: `${auth}/reset-password`,
    tag,
    summary: 'Set a new password',
    description:
      'Takes the token that was mailed, once and within an hour. Every session of the account ends.',
    access: 'public',
    input: z.strictObject({ token: OneTimeToken, new_password: NewPassword }),
    output: Message,
    errors: ['VALIDATION_ERROR'],
    status: 200,
    secret: true,
    examples: { body: { token: 'reset-token-from-email', new_password: 'NewSecurePass123' } },
  }),
  verifyEmail: mutation({
    method: 'POST',
    path: `${auth}/verify-email`,
    tag,
    summary: 'Verify an address',
    description: 'Takes the token that was mailed at registration, once and within a day.',
    access: 'public',
    input: z.strictObject({ token: OneTimeToken }),
    output: Message,
    errors: ['VALIDATION_ERROR'],
    status: 200,
    secret: true,
    examples: { body: { token: 'verification-token-from-email' } },
  }),
  changePassword: mutation({
    method: 'POST',
    path: `${auth}/change-password`,
    tag,
    summary: 'Change the password',
    description:
      'Needs the current password. Every other session of the account ends, and tokens that were mailed are dead.',
    access: signedIn,
    input: z.strictObject({ current_password: Password, new_password: NewPassword }),
    output: Message,
    errors: ['VALIDATION_ERROR'],
    status: 200,
    secret: true,
    examples: {
      body: { current_password: 'SecurePass123', new_password: 'NewSecurePass123' },
    },
  }),
  me: query({
    method: 'GET',
    path: `${auth}/me`,
    tag,
    summary: 'Get the current user',
    description: 'The account that the access token belongs to.',
    access: signedIn,
    input: z.strictObject({}),
    output: User,
    errors: [],
    status: 200,
  }),
  sessions: sessionsContracts,
  jwks: query({
    method: 'GET',
    path: '/.well-known/jwks.json',
    tag,
    summary: 'Get the public keys',
    description: 'The keys that access tokens are signed with, to check them elsewhere (RFC 7517).',
    access: 'public',
    input: z.strictObject({}),
    output: JsonWebKeySet,
    errors: [],
    status: 200,
  }),
};
