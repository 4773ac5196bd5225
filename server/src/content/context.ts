import type { KeyObject } from 'node:crypto';
import type { InstanceRole, Permission, ProjectStatus, ProjectVisibility } from '@cms/contracts';
import type { Clock } from '../platform/clock/clock.ts';
import { type Database, type EntityManager, sqlOf } from '../platform/db/database.ts';
import type { Sql } from '../platform/db/sql.ts';
import type { NewId } from '../platform/ids/ids.ts';
import type { Log } from '../platform/log/log.ts';
import type { BoundRule } from './policy/bound-rule.ts';
import type { FieldView } from './policy/field-views.ts';
import type { Collection } from './schema/collection.ts';
import type { SearchEngine } from './search/engine.ts';
import type { SchemaRegistry } from './schema/schema-registry.ts';
import type { Projects } from './services.ts';

interface AnyPrincipal {
  /** Null for anonymous callers; an account's id for users. */
  readonly id: string | null;
  /** Null where the caller may name any project. */
  readonly projectId: string | null;
  /** What it may do in the request's project. */
  readonly permissions: ReadonlySet<Permission>;
  /** Of accounts: what rules know as `@request.auth.email` and `@request.auth.role`. */
  readonly email?: string;
  readonly role?: string;
}

/** The root key, or nobody in particular. */
export interface RootPrincipal extends AnyPrincipal {
  readonly kind: 'root' | 'anonymous';
}

/** A caller with a project's key. */
export interface KeyPrincipal extends AnyPrincipal {
  readonly kind: 'key';
  readonly id: string;
  readonly projectId: string;
  /** The account that made it; null where the root key did. */
  readonly accountId: string | null;
  /** Permissions that it has in single collections only, by the collections' ids. */
  readonly grants: ReadonlyMap<Permission, ReadonlySet<string>>;
}

/** An account, by the access token of one of its sessions. */
export interface UserPrincipal extends AnyPrincipal {
  readonly kind: 'user';
  readonly id: string;
  readonly accountId: string;
  readonly sessionId: string;
  readonly email: string;
  /** Of the instance; an admin owns every project. */
  readonly role: InstanceRole;
  /** What its roles, and those of its teams, allow it, by project id. */
  readonly memberships: ReadonlyMap<string, ReadonlySet<Permission>>;
  /** What its role allows it in each of its teams, by team id. */
  readonly teams: ReadonlyMap<string, ReadonlySet<Permission>>;
}

/** Who calls, however it was proved. */
export type Principal = RootPrincipal | KeyPrincipal | UserPrincipal;

/** Where a request comes from. */
export interface Client {
  /** The address of the nearest party that is no trusted proxy. */
  readonly address: string;
  readonly userAgent: string | null;
}

/** The tenant that a request is for. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly status: ProjectStatus;
  readonly visibility: ProjectVisibility;
  readonly defaultLocale: string;
}

/** What every use-case gets beside its input: no transport, no environment. */
export interface Ctx {
  readonly principal: Principal;
  readonly project: Project;
  readonly client: Client;
  readonly requestId: string;
  readonly database: Database;
  /** Built statements; in a transaction, bound to it. */
  readonly sql: Sql;
  readonly inTransaction: boolean;
  readonly projects: Projects;
  readonly schemas: SchemaRegistry;
  readonly search: SearchEngine;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly cursorSecret: KeyObject;
  readonly log: Log;
  /** Runs work once what was written is committed; at once where there is no transaction. */
  after(work: () => void): void;
}

/** A context in a transaction. */
export type Tx<C extends Ctx = Ctx> = C & {
  readonly inTransaction: true;
  /** The ORM for system tables; it finds and writes what belongs to the project. */
  readonly em: EntityManager;
};

const isTx = <C extends Ctx>(ctx: C): ctx is Tx<C> => ctx.inTransaction;

/** The context of an operation that only accounts may call. */
export interface AccountCtx extends Ctx {
  readonly principal: UserPrincipal;
}

/** The context of an operation on one collection, which was found and opened to the caller. */
export interface CollectionCtx extends Ctx {
  readonly collection: Collection;
  /** True where a rule, not a permission, let the caller in: it sees published entries. */
  readonly publishedOnly: boolean;
  /** True where the caller may change and delete only what it created. */
  readonly ownOnly?: boolean | undefined;
  /** The rule that decides entry by entry, for the operation at hand; undefined where all are open. */
  readonly rule: BoundRule | undefined;
  /** What the operation is called in rules: `@request.method`. */
  readonly method: string;
  /** What the caller sees of this collection's fields; of another one's see its own `views`. */
  readonly view: FieldView;
}

/**
 * Runs work in one transaction: all of it is written or nothing. Within a transaction it joins that.
 * What `after` was given runs once the outermost one has committed.
 */
export async function transaction<C extends Ctx, T>(
  ctx: C,
  work: (tx: Tx<C>) => Promise<T>,
): Promise<T> {
  if (isTx(ctx)) return work(ctx);
  const committed: (() => void)[] = [];
  const own = ctx.database.fork();
  own.setFilterParams('project', { project: ctx.project.id });
  const result = await own.transactional((em) =>
    work({
      ...ctx,
      em,
      sql: sqlOf(em),
      inTransaction: true,
      after: (task: () => void) => void committed.push(task),
    }),
  );
  for (const task of committed) task();
  return result;
}

const begin = { text: 'savepoint attempt' };
const keep = { text: 'release savepoint attempt' };
const undo = { text: 'rollback to savepoint attempt' };

/**
 * Runs work in a transaction that may fail without it: what the work wrote is undone, what was written
 * before stays, and the transaction goes on. To be called in a transaction.
 */
export async function savepoint<C extends Ctx, T>(
  tx: C,
  work: (inner: C) => Promise<T>,
): Promise<T> {
  const committed: (() => void)[] = [];
  await tx.sql.rows(begin, []);
  try {
    const result = await work({ ...tx, after: (task: () => void) => void committed.push(task) });
    await tx.sql.rows(keep, []);
    for (const task of committed) tx.after(task);
    return result;
  } catch (error) {
    await tx.sql.rows(undo, []);
    await tx.sql.rows(keep, []);
    throw error;
  }
}
