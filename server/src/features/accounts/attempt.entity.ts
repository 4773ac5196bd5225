import { defineEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';

/** Failures of late, by what is slowed down for them: an account, an address. */
export const AttemptEntity = defineEntity({
  name: 'Attempt',
  tableName: 'auth_attempts',
  properties: {
    key: p.string().columnType('text').primary(),
    failures: p.integer(),
    blocked_until: moment().nullable(),
    updated_at: moment().index(),
  },
});
