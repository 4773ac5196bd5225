import { Migration } from '@mikro-orm/migrations';

/**
 * What a search engine beside PostgreSQL holds: how far the log of changes was taken to it, project by
 * project, and its indexes. An index outlives its collection until the engine has deleted it.
 */
export class Migration20261121171000 extends Migration {
  override name = 'Migration20261121171000';

  override up(): void {
    this.addSql(`create table search_feeds (
      project_id text primary key references projects (id) on delete cascade,
      event_xid xid8 not null,
      event_id bigint not null
    )`);
    this.addSql(`create table search_indexes (
      uid text primary key,
      project_id text not null,
      collection_id text not null,
      state text not null check (state in ('building', 'live', 'leaving')),
      shape text not null,
      copied_to text,
      made_at text not null,
      changed_at timestamptz(3) not null default now()
    )`);
    this.addSql(
      `create unique index search_indexes_current on search_indexes (collection_id, state, project_id) where state <> 'leaving'`,
    );
    this.addSql(`create index search_indexes_project on search_indexes (project_id)`);
  }

  override down(): void {
    this.addSql(`drop table search_indexes, search_feeds`);
  }
}
