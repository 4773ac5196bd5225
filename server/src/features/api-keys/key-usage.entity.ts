import { defineEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { ApiKeyEntity } from './api-key.entity.ts';

/** How often a key was used on a day (UTC), and how often refused for its limits. */
export const KeyUsageDayEntity = defineEntity({
  name: 'KeyUsageDay',
  tableName: 'api_key_days',
  properties: {
    key: () => p.manyToOne(ApiKeyEntity).fieldName('key_id').primary().deleteRule('cascade'),
    day: p.string().columnType('date').primary(),
    requests: p.bigint('number').default(0),
    refused: p.bigint('number').default(0),
  },
});

/** Uses of a key in the window that runs, for its limits; `total` has one that never ends. */
export const KeyWindowEntity = defineEntity({
  name: 'KeyWindow',
  tableName: 'api_key_windows',
  properties: {
    key: () => p.manyToOne(ApiKeyEntity).fieldName('key_id').primary().deleteRule('cascade'),
    name: p.string().columnType('text').primary(),
    started_at: moment(),
    used: p.bigint('number').default(0),
  },
});

/** Single uses of keys, the latest of them: what, from where, with what result. */
export const KeyUseEntity = defineEntity({
  name: 'KeyUse',
  tableName: 'api_key_uses',
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    key: () => p.manyToOne(ApiKeyEntity).fieldName('key_id').deleteRule('cascade'),
    at: moment().index(),
    operation: p.string().columnType('text'),
    status: p.integer(),
    ip_address: p.string().columnType('text').nullable(),
    user_agent: p.string().columnType('text').nullable(),
    request_id: p.string().columnType('text').nullable(),
  },
  indexes: [
    {
      name: 'api_key_uses_key',
      expression: 'create index api_key_uses_key on api_key_uses (key_id, id desc)',
    },
  ],
});
