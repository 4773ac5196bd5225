import { defineEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';
import { AccountEntity } from './account.entity.ts';

/** Where an account is signed in. A session that ended has no row. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.string().columnType('text').primary(),
    account: () => p.manyToOne(AccountEntity).fieldName('account_id').deleteRule('cascade').index(),
    user_agent: p.string().columnType('text').nullable(),
    ip_address: p.string().columnType('text').nullable(),
    created_at: moment(),
    last_used_at: moment(),
    expires_at: moment().index(),
  },
});

/**
 * The refresh tokens of a session, as hashes: the last one, and those that were used, so that a second
 * use is seen.
 */
export const RefreshTokenEntity = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_tokens',
  properties: {
    hash: p.string().columnType('text').primary(),
    session: () => p.manyToOne(SessionEntity).fieldName('session_id').deleteRule('cascade').index(),
    used_at: moment().nullable(),
    expires_at: moment().index(),
  },
});
