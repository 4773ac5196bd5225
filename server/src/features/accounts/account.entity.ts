import { instanceRoles } from '@cms/contracts';
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { moment } from '../../platform/db/tenant.ts';

/** A person who signs in. Accounts are the instance's; what they may do in a project is its members'. */
export const AccountEntity = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.string().columnType('text').primary(),
    /** As it was typed; unique without regard to case. */
    email: p.string().columnType('text'),
    name: p.string().columnType('text').nullable(),
    /** Argon2id with its parameters and salt, as a PHC string. */
    password_hash: p.string().columnType('text'),
    role: p.enum(() => instanceRoles).columnType('text'),
    verified: p.boolean().default(false),
    /** False for accounts that an administrator has shut out. */
    active: p.boolean().default(true),
    created_at: moment(),
    updated_at: moment(),
  },
  indexes: [
    {
      name: 'accounts_email',
      expression: 'create unique index accounts_email on accounts (lower(email))',
    },
  ],
});
export type Account = InferEntity<typeof AccountEntity>;
