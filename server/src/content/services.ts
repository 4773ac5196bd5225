import type { KeyObject } from 'node:crypto';
import type { Clock } from '../platform/clock/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { NewId } from '../platform/ids/ids.ts';
import type { Log } from '../platform/log/log.ts';
import type { Project } from './context.ts';
import type { Refusals } from './audit/refusals.ts';
import type { SearchEngine } from './search/engine.ts';
import type { SchemaRegistry } from './schema/schema-registry.ts';

/** The tenants, from memory where they are known. */
export interface Projects {
  /** A project by id, or the default one without an id; undefined where it is missing or deleted. */
  find(id: string | undefined): Promise<Project | undefined>;
  /** Forgets a project, or all. */
  forget(id?: string): void;
}

/** What lives as long as the process does. */
export interface Services {
  readonly database: Database;
  readonly projects: Projects;
  readonly schemas: SchemaRegistry;
  readonly refusals: Refusals;
  readonly search: SearchEngine;
  readonly clock: Clock;
  readonly newId: NewId;
  /** What list cursors are signed with, on every server of the database. */
  readonly cursorSecret: KeyObject;
  readonly log: Log;
}
