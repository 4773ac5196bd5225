import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';

/** How often a key may be used; past that it is refused until the window is over, or for good. */
export interface KeyLimits {
  readonly per_minute?: number | undefined;
  readonly per_hour?: number | undefined;
  readonly per_day?: number | undefined;
  readonly total?: number | undefined;
}

/** A caller's key, as a hash. Without a project it is the instance's root key. */
export const ApiKeyEntity = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: p.string().columnType('text').primary(),
    project_id: p.string().columnType('text').nullable().index(),
    name: p.string().columnType('text'),
    /** The first characters, to tell keys apart in a list. */
    prefix: p.string().columnType('text'),
    /** SHA-256 of the whole key, hexadecimal. Keys are random, so a plain hash is enough. */
    hash: p.string().columnType('text').unique(),
    /** The hash before the last rotation, good until the overlap ends. */
    previous_hash: p.string().columnType('text').nullable().unique(),
    previous_expires_at: moment().nullable(),
    /** As they were asked for; what they mean for single collections is kept by id beside. */
    scopes: p.json<string[]>().default('[]'),
    collection_grants: p.json<Record<string, string[]>>().default('{}'),
    access_level: p.string().columnType('text').nullable(),
    allowed_ips: p.json<string[]>().default('[]'),
    limits: p.json<KeyLimits>().default('{}'),
    /** The account that made it, whose own permissions bound the key's; null for the root key's. */
    account_id: p.string().columnType('text').nullable().index(),
    created_by: p.string().columnType('text').nullable(),
    created_at: moment(),
    updated_at: moment(),
    expires_at: moment().nullable(),
    revoked_at: moment().nullable(),
    last_used_at: moment().nullable(),
    last_used_ip: p.string().columnType('text').nullable(),
  },
  indexes: [
    {
      name: 'api_keys_one_root',
      expression:
        'create unique index api_keys_one_root on api_keys ((true)) where project_id is null',
    },
  ],
});
export type ApiKey = InferEntity<typeof ApiKeyEntity>;
