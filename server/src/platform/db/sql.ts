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

/** Texts that callers make by their filters and sorts: these many are watched. */
const MAX_WATCHED = 1000;
/** How often one must come to be prepared, and how many may be. */
const HOT = 4;
const MAX_HOT = 500;
const watched = new Map<string, number>();
let hot = 0;

/**
 * A statement that is prepared once it has come again and again: for texts from an unbounded set, of which
 * an application uses few.
 */
export function preparedWhenHot(text: string): Statement {
  if (names.has(text)) return prepared(text);
  const times = (watched.get(text) ?? 0) + 1;
  // Behind all others: the first is the one that has not come for the longest time.
  watched.delete(text);
  if (times >= HOT && hot < MAX_HOT) {
    hot += 1;
    return prepared(text);
  }
  watched.set(text, times);
  if (watched.size > MAX_WATCHED) watched.delete(watched.keys().next().value as string);
  return { text };
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
