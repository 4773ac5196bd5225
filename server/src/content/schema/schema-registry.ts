import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock/clock.ts';
import { Memo } from '../../platform/memo.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import type { Scope } from '../expressions/index.ts';
import { hasExpressions, policyOf } from '../policy/policy.ts';
import { isoTime } from '../entries/row.ts';
import { type Collection, compileCollection, type StoredCollection } from './collection.ts';

/** All collections of a project at one moment. */
export interface ProjectSchema {
  /** Changes with every change of any collection. */
  readonly revision: string;
  readonly collections: readonly Collection[];
  /** By id or by name. */
  find(reference: string): Collection | undefined;
  /** By id alone: a name may look like an id. */
  collectionOf(id: string): Collection | undefined;
}

const allCollections = prepared(
  'select * from collections where project_id = $1 order by lower(name)',
);

const oneCollection = prepared(
  `select 1 from collections
   where project_id = $1 and (id = $2 or (lower(name) = lower($2) and name = $2))`,
);

/**
 * The collections of every project in use, compiled and kept until they change. Another server's
 * change arrives as a notification; a write with an old revision is refused by its own statement.
 */
export class SchemaRegistry {
  readonly #sql: Sql;
  readonly #projects = new Memo((projectId) => this.#load(projectId));
  /** What was loaded last of each project: unchanged collections need not be compiled again. */
  readonly #compiled = new Map<string, ReadonlyMap<string, Collection>>();
  readonly #clock: Clock;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** The project's collections, from memory where they are known. */
  project(projectId: string): Promise<ProjectSchema> {
    return this.#projects.get(projectId);
  }

  /**
   * One collection by id or name. One that is not known is asked for: another server may have made
   * it a moment ago, and its notification may still be on the way.
   */
  async find(projectId: string, reference: string): Promise<Collection | undefined> {
    const known = (await this.project(projectId)).find(reference);
    // No name holds NUL, which PostgreSQL does not take.
    if (known || reference.includes('\0')) return known;
    const made = await this.#sql.rows(oneCollection, [projectId, reference]);
    if (made.length === 0) return undefined;
    this.forget(projectId);
    return (await this.project(projectId)).find(reference);
  }

  /** Forgets a project's collections, or everything. */
  forget(projectId?: string): void {
    this.#projects.forget(projectId);
  }

  async #load(projectId: string): Promise<ProjectSchema> {
    const rows = await this.#sql.rows<StoredCollection>(allCollections, [projectId]);
    const before = this.#compiled.get(projectId);
    const index = new Map<string, Collection>();
    // By id alone: a name may look like an id. Rules are compiled later, when all are known.
    const byId = new Map<string, Collection>();
    const find = (id: string) => byId.get(id);
    const collections = rows.map((row) => this.#compile(row, before?.get(row.id), find));
    for (const collection of collections) byId.set(collection.id, collection);
    this.#compiled.set(projectId, byId);
    const digest = createHash('sha1');
    for (const collection of collections) {
      index.set(collection.name, collection).set(collection.id, collection);
      digest.update(`${collection.id}:${collection.revision};`);
    }
    return {
      revision: digest.digest('base64url'),
      collections,
      find: (reference) => index.get(reference),
      collectionOf: (id) => byId.get(id),
    };
  }

  #compile(row: StoredCollection, known: Collection | undefined, find: Scope['find']): Collection {
    // Rules look into other collections, which may have changed though this one did not.
    if (known?.revision === row.revision)
      return hasExpressions(row.rules) ? { ...known, policy: policyOf(row, find) } : known;
    const times = { created_at: isoTime(row.created_at), updated_at: isoTime(row.updated_at) };
    return compileCollection({ ...row, ...times }, this.#clock, find);
  }
}
