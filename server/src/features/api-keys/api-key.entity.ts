import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';

/** A caller's key, as a hash. Without a project it is the instance's root key. */
export const ApiKeyEntity = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  properties: {
    id: p.string().columnType('text').primary(),
    project_id: p.string().columnType('text').nullable(),
    name: p.string().columnType('text'),
    /** The first characters, to tell keys apart in a list. */
    prefix: p.string().columnType('text'),
    /** SHA-256 of the whole key, hexadecimal. Keys are random, so a plain hash is enough. */
    hash: p.string().columnType('text').unique(),
    created_at: moment(),
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
