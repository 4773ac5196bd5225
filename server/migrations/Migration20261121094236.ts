import { Migration } from '@mikro-orm/migrations';

export class Migration20261121094236 extends Migration {
  override name = 'Migration20261121094236';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "accounts" ("id" text not null, "email" text not null, "name" text null, "password_hash" text not null, "role" text not null, "verified" boolean not null default false, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create unique index accounts_email on accounts (lower(email));`);

    this.addSql(
      `create table "auth_attempts" ("key" text not null, "failures" int not null, "blocked_until" timestamptz(3) null, "updated_at" timestamptz(3) not null, primary key ("key"));`,
    );
    this.addSql(`create index "auth_attempts_updated_at_index" on "auth_attempts" ("updated_at");`);

    this.addSql(
      `create table "one_time_tokens" ("hash" text not null, "purpose" text not null, "account_id" text not null, "expires_at" timestamptz(3) not null, primary key ("hash"));`,
    );
    this.addSql(
      `create index "one_time_tokens_account_id_index" on "one_time_tokens" ("account_id");`,
    );
    this.addSql(
      `create index "one_time_tokens_expires_at_index" on "one_time_tokens" ("expires_at");`,
    );

    this.addSql(
      `create table "project_members" ("account_id" text not null, "project_id" text not null, "role" text not null, "created_at" timestamptz(3) not null, primary key ("account_id", "project_id"));`,
    );

    this.addSql(
      `create table "sessions" ("id" text not null, "account_id" text not null, "user_agent" text null, "ip_address" text null, "created_at" timestamptz(3) not null, "last_used_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create index "sessions_account_id_index" on "sessions" ("account_id");`);
    this.addSql(`create index "sessions_expires_at_index" on "sessions" ("expires_at");`);

    this.addSql(
      `create table "refresh_tokens" ("hash" text not null, "session_id" text not null, "used_at" timestamptz(3) null, "expires_at" timestamptz(3) not null, primary key ("hash"));`,
    );
    this.addSql(
      `create index "refresh_tokens_session_id_index" on "refresh_tokens" ("session_id");`,
    );
    this.addSql(
      `create index "refresh_tokens_expires_at_index" on "refresh_tokens" ("expires_at");`,
    );

    this.addSql(
      `create table "signing_keys" ("id" text not null, "private_jwk" jsonb not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    );

    this.addSql(
      `alter table "accounts" add constraint "accounts_role_check" check ("role" in ('admin', 'user'));`,
    );

    this.addSql(
      `alter table "one_time_tokens" add constraint "one_time_tokens_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "one_time_tokens" add constraint "one_time_tokens_purpose_check" check ("purpose" in ('reset', 'verify'));`,
    );

    this.addSql(
      `alter table "project_members" add constraint "project_members_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "project_members" add constraint "project_members_role_check" check ("role" in ('owner', 'admin', 'editor', 'author', 'viewer'));`,
    );

    this.addSql(
      `alter table "sessions" add constraint "sessions_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "refresh_tokens" add constraint "refresh_tokens_session_id_foreign" foreign key ("session_id") references "sessions" ("id") on delete cascade;`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(
      `alter table "one_time_tokens" drop constraint "one_time_tokens_account_id_foreign";`,
    );
    this.addSql(
      `alter table "project_members" drop constraint "project_members_account_id_foreign";`,
    );
    this.addSql(`alter table "sessions" drop constraint "sessions_account_id_foreign";`);
    this.addSql(
      `alter table "refresh_tokens" drop constraint "refresh_tokens_session_id_foreign";`,
    );

    this.addSql(`drop table if exists "accounts" cascade;`);
    this.addSql(`drop table if exists "auth_attempts" cascade;`);
    this.addSql(`drop table if exists "one_time_tokens" cascade;`);
    this.addSql(`drop table if exists "project_members" cascade;`);
    this.addSql(`drop table if exists "sessions" cascade;`);
    this.addSql(`drop table if exists "refresh_tokens" cascade;`);
    this.addSql(`drop table if exists "signing_keys" cascade;`);
  }
}
