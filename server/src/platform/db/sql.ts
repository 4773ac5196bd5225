import { createHash } from 'node:crypto';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Pool } from 'pg';

/** A parameterised SQL text; the name makes PostgreSQL plan it once per connection. */
export interface Statement {
  readonly text: string;
  readonly name?: string;
}

/** Runs statements: each on its own, or all within one transaction, whichever it was made for. */
export interface Sql {
  rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
}

/** Names are kept by every connection, so there must be an end to them. */
const MAX_NAMES = 2000;
const names = new Map<string, string>();

/** A statement that is prepared once per connection: for hot texts from a bounded set. */
export function prepared(text: string): Statement {
  let name = names.get(text);
  if (!name) {
    if (names.size >= MAX_NAMES) return { text };
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return { text, name };
}

/** An identifier, quoted for SQL. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A text literal, quoted for SQL where no parameter can stand (DDL). */
export const quoteText = (text: string): string => {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted;
};

/** Statements on any connection of a pool, each on its own, or on the one that is given. */
export const poolSql = (pool: Pick<Pool, 'query'>): Sql => ({
  rows: async <Row extends object>(statement: Statement, values: readonly unknown[]) =>
    (await pool.query<Row>({ ...statement, values: values as unknown[] })).rows,
});

/** Statements within the transaction that an entity manager's query builder is bound to. */
export const kyselySql = (kysely: Pick<Kysely<unknown>, 'executeQuery'>): Sql => ({
  rows: async <Row extends object>(statement: Statement, values: readonly unknown[]) =>
    (await kysely.executeQuery<Row>(CompiledQuery.raw(statement.text, values as unknown[]))).rows,
});
