import { defineEntity, p } from '@mikro-orm/core';
import type { JWK } from 'jose';
import { moment } from '../../platform/db/tenant.ts';

/** A key that access tokens are signed with. All servers of one database share them. */
export const SigningKeyEntity = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_keys',
  properties: {
    id: p.string().columnType('text').primary(),
    private_jwk: p.json<JWK>(),
    created_at: moment(),
    /** From then on nothing that it signed is accepted. */
    expires_at: moment(),
  },
});
