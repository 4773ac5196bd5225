import { z } from 'zod';
import { pageOf, Timestamp, typeId } from './primitives.ts';
import { accessLevels, collectionScopes, scopeNames } from './scopes.ts';

const KeyId = typeId('key').meta({
  description: 'Id of a key; not a secret',
  example: 'key_01kaj5cz5rf4q9t2jw2hq5m8e3',
});

/** `{id}` of a path: any text; what is no id of a key is simply not found. */
export const KeyRef = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: 'Id of the key', example: 'key_01kaj5cz5rf4q9t2jw2hq5m8e3' });

export const KeyName = z.string().trim().min(1).max(100).meta({ example: 'Production Server' });

// Only the document holds a scope to its pattern: the server's own refusal says which scopes there are.
const Scope = z
  .string()
  .min(1)
  .max(200)
  .meta({
    pattern: `^(${scopeNames.join('|').replaceAll('*', String.raw`\*`)}|(${collectionScopes.join('|')}):.+)$`,
  });

export const Scopes = z
  .array(Scope)
  .min(1)
  .max(100)
  .meta({
    description:
      'What the key may do: read, write, admin, permissions such as schema:manage or members:*, and content:read:posts or content:write:posts for single collections',
    example: ['read', 'write'],
  });

export const KeyAccessLevel = z.enum(accessLevels).meta({
  description: 'The least of read, write and admin that holds all of the scopes',
  example: 'write',
});

/** A time; one without a zone is UTC (document S4 sends such). */
// By its pattern: the document has no format for a time that may lack its zone.
export const Expiry = z
  .string()
  .regex(z.regexes.datetime({ offset: true, local: true }), {
    error: 'Use a time in RFC 3339, such as 2027-01-01T00:00:00Z',
  })
  .meta({
    description: 'When the key ends; a time without a zone is UTC; null for never',
    example: '2036-01-01T00:00:00',
  });

const addressOrRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const AddressRange = z
  .string()
  .max(50)
  .refine((text) => addressOrRange.safeParse(text).success, {
    error: 'Give an address or a range of addresses, such as 203.0.113.0/24 or 2001:db8::/32',
  })
  .meta({ example: '203.0.113.0/24' });

export const AllowedIps = z
  .array(AddressRange)
  .max(100)
  .meta({
    description: 'From where the key may be used; from everywhere where it is empty',
    example: ['203.0.113.0/24'],
  });

const uses = (what: string) =>
  z.int().min(1).max(1_000_000_000).optional().meta({ description: what, example: 1000 });

/** How often a key may be used: in windows that begin with each minute, hour and day (UTC), and ever. */
export const Limits = z
  .strictObject({
    per_minute: uses('Uses in a minute'),
    per_hour: uses('Uses in an hour'),
    per_day: uses('Uses in a day'),
    total: uses('Uses ever'),
  })
  .meta({
    id: 'KeyLimits',
    description: 'How often the key may be used; past a limit it is refused with RATE_LIMITED',
    example: { per_minute: 600 },
  });
export type Limits = z.infer<typeof Limits>;

export const ApiKey = z
  .object({
    id: KeyId,
    name: z.string().meta({ example: 'Production Server' }),
    key_prefix: z.string().meta({ description: 'How the key begins', example: 'cms_key_3fZ9q' }),
    project_id: z.string().meta({ example: 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3' }),
    scopes: Scopes,
    access_level: KeyAccessLevel,
    active: z.boolean().meta({ description: 'False once it is revoked or has expired' }),
    expires_at: Timestamp.nullable(),
    revoked_at: Timestamp.nullable(),
    allowed_ips: z.array(z.string()).meta({ example: ['203.0.113.0/24'] }),
    limits: Limits,
    previous_key_expires_at: Timestamp.nullable().meta({
      description:
        'Until when the key before the last rotation still works; null where it does not',
    }),
    last_used_at: Timestamp.nullable(),
    last_used_ip: z.string().nullable().meta({ example: '203.0.113.7' }),
    account_id: z.string().nullable().meta({
      description: 'The account that made it and whose permissions bound it; null for the root key',
      example: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
    }),
    created_by: z.string().nullable().meta({
      description: 'The account or the key that made it',
      example: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
    }),
    created: Timestamp,
    updated: Timestamp,
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

/** A key as it is shown once: when it is made or rotated. */
export const NewApiKey = ApiKey.extend({
  key: z.string().meta({
    description: 'The key itself; it is shown this once and kept nowhere',
    example: 'cms_key_3fZ9qTn0o1v5yQ2rW8sX4uA7bC6dE1fG3hJ5kL9mN2pR0tV4wY1z',
  }),
}).meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof NewApiKey>;

export const ApiKeyPage = pageOf(ApiKey).meta({ id: 'ApiKeyPage' });

const KeyUse = z
  .object({
    at: Timestamp,
    operation: z.string().meta({ example: 'GET /api/v1/collections/{collection}/entries' }),
    status: z.int().meta({ example: 200 }),
    ip_address: z.string().nullable().meta({ example: '203.0.113.7' }),
    user_agent: z.string().nullable().meta({ example: 'node' }),
    request_id: z.string().nullable().meta({ example: 'req_01kaj5cz5rf4q9t2jw2hq5m8e3' }),
  })
  .meta({ id: 'KeyUse' });
export type KeyUse = z.infer<typeof KeyUse>;

const used = z.int().meta({ description: 'Uses, whatever came of them', example: 12 });
const refused = z.int().meta({ description: 'Uses that a limit refused', example: 0 });

/** The uses of a key: by day, and the latest one by one. */
export const KeyUsage = pageOf(KeyUse)
  .extend({
    from: z.iso.date().meta({ example: '2026-01-01' }),
    to: z.iso.date().meta({ example: '2026-01-31' }),
    totals: z.object({ requests: used, refused }),
    days: z.array(z.object({ day: z.iso.date(), requests: used, refused })),
    limits: z.array(
      z.object({
        name: z.enum(['per_minute', 'per_hour', 'per_day', 'total']),
        limit: z.int().meta({ example: 600 }),
        used: z.int().meta({ description: 'In the window that runs', example: 12 }),
      }),
    ),
  })
  .meta({ id: 'KeyUsage' });
export type KeyUsage = z.infer<typeof KeyUsage>;
