import { fileURLToPath } from 'node:url';

/** Where the migrations, their snapshot and the committed schema dump are. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** Tables written by hand in migrations, which the ORM's schema diff must leave alone. */
export const contentTables: (string | RegExp)[] = [
  'entries',
  /^entry_/,
  /^es_/,
  'events',
  'idempotency_keys',
  /^audit_/,
  /^search_/,
];
