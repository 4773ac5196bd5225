import { Memo } from '../../../platform/memo.ts';
import { prepared, type Sql } from '../../../platform/db/sql.ts';

/** The channel on which a change of the indexes is told; its payload is the project's id. */
export const searchChannel = 'cms_search';

/** An index that searches may ask. */
export interface LiveIndex {
  readonly uid: string;
  /** The fields that it was made from, a line each (see `lineOf`). */
  readonly lines: ReadonlySet<string>;
}

type ByCollection = ReadonlyMap<string, LiveIndex>;

const live = prepared(
  `select uid, collection_id, shape from search_indexes where project_id = $1 and state = 'live'`,
);

/** Which index holds which collection, from memory until it changes. */
export class LiveIndexes {
  readonly #sql: Sql;
  readonly #projects = new Memo((projectId) => this.#load(projectId));

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** The indexes of a project, by the ids of their collections. */
  of(projectId: string): Promise<ByCollection> {
    return this.#projects.get(projectId);
  }

  /** Forgets a project's, or all. */
  forget(projectId?: string): void {
    this.#projects.forget(projectId);
  }

  async #load(projectId: string): Promise<ByCollection> {
    const rows = await this.#sql.rows<{ uid: string; collection_id: string; shape: string }>(live, [
      projectId,
    ]);
    return new Map(
      rows.map(({ uid, collection_id, shape }) => [
        collection_id,
        { uid, lines: new Set(shape.split('\n')) },
      ]),
    );
  }
}
