import { randomBytes } from 'node:crypto';
import type { Sql } from './sql.ts';

const make = {
  text: 'insert into instance_secrets (name, value) values ($1, $2) on conflict (name) do nothing',
};
const read = { text: 'select value from instance_secrets where name = $1' };

/** A secret of the instance by its name: the same on every server, made by the first that asks. */
export async function instanceSecret(sql: Sql, name: string): Promise<string> {
  await sql.rows(make, [name, randomBytes(32).toString('base64url')]);
  const [row] = await sql.rows<{ value: string }>(read, [name]);
  if (!row) throw new Error(`The secret "${name}" was deleted while it was read.`);
  return row.value;
}
