import { z } from 'zod';
import { SessionPage } from './auth-bodies.ts';
import { mutation, query } from './contract.ts';
import { Nothing, paging } from './primitives.ts';

const tag = 'Accounts';
const sessions = '/api/v1/auth/sessions';
const signedIn = { signedIn: true } as const;

/** Where an account is signed in. */
export const sessionsContracts = {
  list: query({
    method: 'GET',
    path: sessions,
    tag,
    summary: 'List sessions',
    description: 'Where the account is signed in, the latest used first.',
    access: signedIn,
    input: z.strictObject(paging),
    output: SessionPage,
    errors: [],
    status: 200,
    paged: true,
  }),
  end: mutation({
    method: 'DELETE',
    path: `${sessions}/{id}`,
    tag,
    summary: 'End a session',
    description: 'Ends one session of the account: its tokens are dead at once.',
    access: signedIn,
    input: z.strictObject({
      id: z.string().min(1).max(100).meta({
        description: 'Id of the session',
        example: 'sess_01kaj5cz5rf4q9t2jw2hq5m8e3',
      }),
    }),
    output: Nothing,
    errors: ['NOT_FOUND'],
    status: 204,
  }),
  endOthers: mutation({
    method: 'DELETE',
    path: sessions,
    tag,
    summary: 'End all other sessions',
    description: 'Ends every session of the account but the one that asks.',
    access: signedIn,
    input: z.strictObject({}),
    output: Nothing,
    errors: [],
    status: 204,
  }),
};
