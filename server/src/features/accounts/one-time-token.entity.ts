import { defineEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { AccountEntity } from './account.entity.ts';

export const purposes = ['reset', 'verify'] as const;
export type Purpose = (typeof purposes)[number];

/** A token that was mailed, as a hash. A token that was used has no row. */
export const OneTimeTokenEntity = defineEntity({
  name: 'OneTimeToken',
  tableName: 'one_time_tokens',
  properties: {
    hash: p.string().columnType('text').primary(),
    purpose: p.enum(() => purposes).columnType('text'),
    account: () => p.manyToOne(AccountEntity).fieldName('account_id').deleteRule('cascade').index(),
    expires_at: moment().index(),
  },
});
