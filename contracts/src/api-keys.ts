import { z } from 'zod';
import {
  AllowedIps,
  ApiKey,
  ApiKeyPage,
  Expiry,
  KeyAccessLevel,
  KeyName,
  KeyRef,
  KeyUsage,
  Limits,
  NewApiKey,
  Scopes,
} from './api-key-bodies.ts';
import { mutation, query } from './contract.ts';
import { expectedVersion, Nothing, paging } from './primitives.ts';

export * from './api-key-bodies.ts';

const tag = 'API keys';
const keys = '/api/v1/api-keys';
// Keys of one's own. Those of everybody are for keys:manage, which the handlers ask for.
const access = { permission: 'keys:manage_own' } as const;
const id = KeyRef;
const ProjectRef = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .meta({ description: 'Id of the project; else the one of the request' });

const settings = {
  scopes: Scopes.optional(),
  access_level: KeyAccessLevel.optional().meta({
    description:
      'Instead of scopes: the scope of that name. Together with scopes, the most that those may be',
    example: 'write',
  }),
  expires_at: Expiry.nullable().optional(),
  allowed_ips: AllowedIps.optional(),
  limits: Limits.optional(),
};

/** Keys for programs (documents S1, S2 and S4, "API Keys"). */
export const apiKeysContracts = {
  create: mutation({
    method: 'POST',
    path: keys,
    tag,
    summary: 'Create a key',
    description:
      'Makes a key and shows it this once. A key may never do more than whoever made it may: a scope beyond that is FORBIDDEN, and what its maker loses later it loses too. Without scopes it reads.',
    access,
    input: z.strictObject({ name: KeyName, ...settings, project_id: ProjectRef }),
    output: NewApiKey,
    errors: ['FORBIDDEN', 'VALIDATION_ERROR'],
    status: 201,
    location: `${keys}/{id}`,
    secret: true,
    examples: { body: { name: 'Production Server', scopes: ['read', 'write'] } },
  }),
  list: query({
    method: 'GET',
    path: keys,
    tag,
    summary: 'List keys',
    description:
      'The keys of the caller, or with the permission keys:manage all of the project, the newest first. The keys themselves are never shown again.',
    access,
    input: z.strictObject({
      ...paging,
      active: z
        .boolean()
        .optional()
        .meta({ description: 'Only keys that work, or only those that are revoked or expired' }),
      project_id: ProjectRef,
    }),
    output: ApiKeyPage,
    errors: [],
    status: 200,
    paged: true,
  }),
  get: query({
    method: 'GET',
    path: `${keys}/{id}`,
    tag,
    summary: 'Get a key',
    description: 'What the key may do and when it was last used; not the key itself.',
    access,
    input: z.strictObject({ id }),
    output: ApiKey,
    errors: ['NOT_FOUND'],
    status: 200,
    versioned: true,
  }),
  update: mutation({
    method: 'PATCH',
    path: `${keys}/{id}`,
    also: [{ method: 'PUT', path: `${keys}/{id}` }],
    tag,
    summary: 'Update a key',
    description:
      'Changes what is given; the key itself stays. It takes effect on every server at once. Only who may do all that the key may can change it; a revoked key is a CONFLICT.',
    access,
    input: z.strictObject({
      id,
      name: KeyName.optional(),
      ...settings,
      expected_version: expectedVersion,
    }),
    output: ApiKey,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT', 'PRECONDITION_FAILED', 'VALIDATION_ERROR'],
    status: 200,
    versioned: true,
    examples: { body: { name: 'Staging Server', limits: { per_minute: 600 } } },
  }),
  revoke: mutation({
    method: 'DELETE',
    path: `${keys}/{id}`,
    tag,
    summary: 'Revoke a key',
    description:
      'Ends the key for good, on every server at once. It stays in the list, not active, with its usage.',
    access,
    input: z.strictObject({ id, expected_version: expectedVersion }),
    output: Nothing,
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED'],
    status: 204,
  }),
  rotate: mutation({
    method: 'POST',
    path: `${keys}/{id}/rotate`,
    tag,
    summary: 'Rotate a key',
    description:
      'Gives the key a new text and shows it this once. The one before works on for the overlap, five minutes unless said, so that programs can be changed over; the one before that is dead. Only who may do all that the key may can rotate it.',
    access,
    input: z.strictObject({
      id,
      overlap_seconds: z
        .int()
        .min(0)
        .max(604_800)
        .optional()
        .meta({ description: 'Seconds that the old key works on, at most a week', example: 300 }),
    }),
    output: NewApiKey,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT'],
    status: 200,
    secret: true,
    examples: { body: { overlap_seconds: 3600 } },
  }),
  usage: query({
    method: 'GET',
    path: `${keys}/{id}/usage`,
    tag,
    summary: "Get a key's usage",
    description:
      'Uses by day (UTC), the last 30 days unless said, and the latest uses one by one, the newest first. A use appears within seconds; the latest 1,000 are kept.',
    access,
    input: z.strictObject({
      id,
      ...paging,
      from: z.iso.date().optional().meta({ description: 'First day' }),
      to: z.iso.date().optional().meta({ description: 'Last day, at most 366 days on' }),
    }),
    output: KeyUsage,
    errors: ['NOT_FOUND'],
    status: 200,
    paged: true,
  }),
};
