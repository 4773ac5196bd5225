import { Migration } from '@mikro-orm/migrations';

/**
 * The content tables, by hand: partitions, generated columns and foreign keys over several columns
 * are more than the ORM's schema can say. docs/decisions/0002 tells why they look like this.
 */
export class Migration20261121082000 extends Migration {
  override name = 'Migration20261121082000';

  override up(): void {
    // An entry's identity. \`live\` is null once the entry is deleted: references point to it, so the
    // database itself refuses to delete what is referred to, and to refer to what is deleted.
    this.addSql(`create table entries (
      id text collate "C" not null,
      project_id text collate "C" not null,
      collection_id text collate "C" not null,
      status text not null,
      version int not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      published_at timestamptz(3),
      created_by text,
      updated_by text,
      deleted_at timestamptz(3),
      live boolean generated always as (case when deleted_at is null then true end) stored,
      primary key (id, project_id)
    )`);
    this.addSql(
      `create unique index entries_live on entries (id, collection_id, live, project_id)`,
    );
    this.addSql(`create index entries_collection on entries (collection_id, id, project_id)`);

    // What is read: one row an entry and stage, in a partition of the collection's own.
    this.addSql(`create table entry_states (
      entry_id text collate "C" not null,
      project_id text collate "C" not null,
      collection_id text collate "C" not null,
      stage text collate "C" not null,
      status text collate "C" not null,
      version int not null,
      created_at timestamptz(3) not null,
      updated_at timestamptz(3) not null,
      published_at timestamptz(3),
      created_by text,
      updated_by text,
      data jsonb not null,
      translations jsonb,
      search tsvector,
      primary key (stage, entry_id, collection_id, project_id)
    ) partition by list (collection_id)`);
    this.addSql(`create index entry_states_updated on entry_states (stage, updated_at, entry_id)`);

    // Every write of an entry, for ever: history, comparison, restoring.
    this.addSql(`create table entry_versions (
      entry_id text collate "C" not null,
      version int not null,
      project_id text collate "C" not null,
      collection_id text collate "C" not null,
      operation text not null,
      status text not null,
      data jsonb not null,
      author text,
      at timestamptz(3) not null,
      event_id bigint not null,
      primary key (entry_id, version, project_id)
    )`);

    // From entry to entry. The target's collection is part of the key, so the database also holds
    // that a relation points into the collection it names.
    this.addSql(`create table entry_references (
      from_entry_id text collate "C" not null,
      field_id text collate "C" not null,
      path text not null,
      to_entry_id text collate "C" not null,
      project_id text collate "C" not null,
      from_collection_id text collate "C" not null,
      to_collection_id text collate "C" not null,
      to_live boolean not null default true check (to_live),
      on_delete text not null check (on_delete in ('restrict', 'cascade', 'set_null')),
      primary key (from_entry_id, path, to_entry_id, project_id),
      constraint entry_references_from foreign key (from_entry_id, project_id)
        references entries (id, project_id) on delete cascade,
      constraint entry_references_to foreign key (to_entry_id, to_collection_id, to_live, project_id)
        references entries (id, collection_id, live, project_id)
    )`);
    this.addSql(
      `create index entry_references_to_entry on entry_references (to_entry_id, project_id)`,
    );

    // The log: one event a write, in the write's own transaction. A serial number alone is no
    // order of commits; readers order by transaction, below the oldest one still running.
    this.addSql(`create table events (
      id bigint generated always as identity,
      project_id text collate "C" not null,
      xid xid8 not null default pg_current_xact_id(),
      type text not null,
      collection_id text,
      entry_id text,
      version int,
      actor text,
      at timestamptz(3) not null,
      data jsonb,
      primary key (id, project_id)
    )`);
    this.addSql(`create index events_order on events (project_id, xid, id)`);

    // Answers to requests that carried an Idempotency-Key, kept for a day.
    this.addSql(`create table idempotency_keys (
      key text collate "C" not null,
      caller text collate "C" not null,
      project_id text collate "C" not null,
      operation text not null,
      request_hash text not null,
      reply text,
      expires_at timestamptz(3) not null,
      primary key (key, caller, project_id)
    )`);
    this.addSql(`create index idempotency_keys_expiry on idempotency_keys (expires_at)`);
  }

  override down(): void {
    for (const table of [
      'idempotency_keys',
      'events',
      'entry_references',
      'entry_versions',
      'entry_states',
      'entries',
    ])
      this.addSql(`drop table ${table} cascade`);
  }
}
