import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { entities } from '../src/entities.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { startEmbeddedPostgres } from '../src/platform/db/embedded/index.ts';
import { migrationsFolder } from '../src/platform/db/schema.ts';
import { createLog } from '../src/platform/log/log.ts';

/** The schema as PostgreSQL itself describes it, one line a column, constraint and index. */
const description = `
  select coalesce(string_agg(line, E'\\n' order by kind, line), '') as text from (
    select 1 as kind, format('column %s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      coalesce(' ' || case when a.attgenerated <> '' then 'generated ' else 'default ' end || pg_get_expr(d.adbin, d.adrelid), '')) as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
    union all
    select 2, format('constraint %s.%s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
    union all
    select 3, indexdef from pg_indexes where schemaname = 'public'
  ) as lines`;

/** Writes migrations/schema.sql from an empty database; fails where entities and migrations differ. */
async function generate(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cms-generate-'));
  const log = createLog('pretty', 'warn');
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  try {
    await migrate({ url: postgres.url, entities, log });
    const database = await openDatabase({ url: postgres.url, entities, log, poolSize: 2 });
    if (await database.orm.migrator.checkSchema())
      throw new Error(
        `The entities say more than the migrations; add one that does:\n${await database.orm.schema.getUpdateSchemaSQL()}`,
      );
    writeFileSync(join(migrationsFolder, 'schema.sql'), await dump(database.pool));
    await database.close();
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function dump(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(description);
  const lines = (rows[0]?.text ?? '').split('\n').map((line) => line.replaceAll('public.', ''));
  return `-- What the migrations make, as PostgreSQL describes it. Written by "npm run generate".\n${lines.join('\n')}\n`;
}

await generate();
