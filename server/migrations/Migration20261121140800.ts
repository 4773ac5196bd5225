import { Migration } from '@mikro-orm/migrations';

/**
 * The audit log, by hand: what happened is written beside the change (`audit_pending`), and sealed into
 * the project's hash chain (`audit_log`, its end in `audit_heads`) in the order of commits.
 */
export class Migration20261121140800 extends Migration {
  override name = 'Migration20261121140800';

  override up(): void {
    this.addSql(`alter table events add request_id text, add ip_address text`);
    this.addSql(`create table audit_pending (
      position bigint generated always as identity,
      project_id text not null,
      xid xid8 not null default pg_current_xact_id(),
      id text not null,
      at timestamptz(3) not null,
      type text not null,
      severity text not null,
      outcome text not null,
      actor_id text,
      actor_kind text not null,
      ip_address text,
      user_agent text,
      request_id text,
      resource_type text,
      resource_id text,
      before jsonb,
      after jsonb,
      details jsonb,
      primary key (position, project_id)
    )`);
    this.addSql(`create table audit_log (
      seq bigint not null,
      project_id text not null,
      id text not null,
      at timestamptz(3) not null,
      type text not null,
      severity text not null check (severity in ('info', 'warning', 'critical')),
      outcome text not null check (outcome in ('success', 'failure', 'denied')),
      actor_id text,
      actor_kind text not null,
      ip_address text,
      user_agent text,
      request_id text,
      resource_type text,
      resource_id text,
      before jsonb,
      after jsonb,
      details jsonb,
      hash text not null,
      primary key (seq, project_id)
    )`);
    this.addSql(`create index audit_log_type on audit_log (project_id, type, seq)`);
    this.addSql(`create index audit_log_actor on audit_log (project_id, actor_id, seq)`);
    this.addSql(`create index audit_log_at on audit_log (project_id, at)`);
    this.addSql(`create table audit_heads (
      project_id text primary key,
      seq bigint not null,
      hash text not null,
      event_xid xid8 not null,
      event_id bigint not null
    )`);
  }

  override down(): void {
    this.addSql(`drop table audit_heads, audit_log, audit_pending`);
    this.addSql(`alter table events drop request_id, drop ip_address`);
  }
}
