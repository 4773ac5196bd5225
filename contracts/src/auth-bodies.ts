import { z } from 'zod';
import { emailPattern } from './fields/value-patterns.ts';
import { MAX_EMAIL_LENGTH } from './fields/limits.ts';
import { oneLinePattern, pageOf, Timestamp, typeId } from './primitives.ts';

/** What document S4 shows. */
export const exampleCredentials = { email: 'user@example.com', password: 'SecurePass123' };

const exampleUser = {
  id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
  email: exampleCredentials.email,
  name: null,
  role: 'user',
  verified: false,
  created: '2026-01-31T09:30:00.000Z',
  updated: '2026-01-31T09:30:00.000Z',
};

export const Email = z
  .string()
  .max(MAX_EMAIL_LENGTH)
  .regex(emailPattern, { error: 'Use an address such as ada@example.com' })
  .meta({
    description: 'Address of the account; case does not matter',
    example: exampleUser.email,
  });

/** A person's name: any text on one line. */
export const PersonName = z
  .string()
  .min(1)
  .max(200)
  .regex(oneLinePattern, { error: 'Use a text without control characters' })
  .meta({ description: 'Name of the person', example: 'Ada Lovelace' });

/** As long as a password may be: hashing takes time by length. */
const MAX_PASSWORD = 200;

export const Password = z.string().min(1).max(MAX_PASSWORD).meta({ example: 'SecurePass123' });

export const NewPassword = z
  .string()
  .min(8, { error: 'Use at least 8 characters' })
  .max(MAX_PASSWORD)
  .meta({
    description: 'At least 8 characters, and none of the passwords that everybody tries first',
    example: 'NewSecurePass123',
  });

export const OneTimeToken = z.string().min(1).max(500).meta({
  description: 'The token from the mail',
  example: 'reset-token-from-email',
});

export const instanceRoles = ['admin', 'user'] as const;
export type InstanceRole = (typeof instanceRoles)[number];

export const User = z
  .object({
    id: typeId('user'),
    email: z.string(),
    name: z.string().nullable(),
    role: z.enum(instanceRoles).meta({
      description: 'Of the instance: admin may do everything in every project',
    }),
    verified: z.boolean().meta({ description: 'Whether the address was verified' }),
    created: Timestamp,
    updated: Timestamp,
  })
  .meta({ id: 'User', example: exampleUser });
export type User = z.infer<typeof User>;

const exampleAccessToken =
  'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJ1c2VyXzAxIn0.c2lnbmF0dXJl';

export const SignedIn = z
  .object({
    access_token: z.string().meta({ description: 'For "Authorization: Bearer <access token>"' }),
    refresh_token: z.string().meta({ description: 'Gets the next tokens, once' }),
    token_type: z.literal('bearer'),
    expires_in: z.int().meta({ description: 'Seconds that the access token lives' }),
    user: User,
  })
  .meta({
    id: 'SignedIn',
    example: {
      access_token: exampleAccessToken,
      refresh_token: 'cms_refresh_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      token_type: 'bearer',
      expires_in: 600,
      user: exampleUser,
    },
  });
export type SignedIn = z.infer<typeof SignedIn>;

export const Message = z
  .object({ message: z.string() })
  .meta({ id: 'Message', example: { message: 'The password is changed.' } });

export const Session = z
  .object({
    id: typeId('sess'),
    current: z.boolean().meta({ description: 'Whether it is the session that asks' }),
    user_agent: z.string().nullable(),
    ip_address: z.string().nullable(),
    created: Timestamp,
    last_used: Timestamp.meta({ description: 'When its tokens were last renewed' }),
    expires: Timestamp,
  })
  .meta({
    id: 'Session',
    example: {
      id: 'sess_01kaj5cz5rf4q9t2jw2hq5m8e3',
      current: true,
      user_agent: 'Mozilla/5.0',
      ip_address: '203.0.113.7',
      created: '2026-01-31T09:30:00.000Z',
      last_used: '2026-01-31T09:30:00.000Z',
      expires: '2026-03-02T09:30:00.000Z',
    },
  });
export type Session = z.infer<typeof Session>;
export const SessionPage = pageOf(Session).meta({ id: 'SessionPage' });

export const JsonWebKeySet = z
  .object({
    keys: z.array(
      z.object({
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: z.string(),
        y: z.string(),
        kid: z.string(),
        alg: z.literal('ES256'),
        use: z.literal('sig'),
      }),
    ),
  })
  .meta({ id: 'JsonWebKeySet', example: { keys: [] } });
export type JsonWebKeySet = z.infer<typeof JsonWebKeySet>;
