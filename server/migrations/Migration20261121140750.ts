import { Migration } from '@mikro-orm/migrations';

/** Keys, teams, roles, invitations and what projects are. */
export class Migration20261121140750 extends Migration {
  override name = 'Migration20261121140750';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "api_key_days" ("key_id" text not null, "day" date not null, "requests" bigint not null default '0', "refused" bigint not null default '0', primary key ("key_id", "day"));`,
    );

    this.addSql(
      `create table "api_key_uses" ("id" bigserial primary key, "key_id" text not null, "at" timestamptz(3) not null, "operation" text not null, "status" int not null, "ip_address" text null, "user_agent" text null, "request_id" text null);`,
    );
    this.addSql(`create index "api_key_uses_at_index" on "api_key_uses" ("at");`);
    this.addSql(`create index api_key_uses_key on api_key_uses (key_id, id desc);`);

    this.addSql(
      `create table "api_key_windows" ("key_id" text not null, "name" text not null, "started_at" timestamptz(3) not null, "used" bigint not null default '0', primary key ("key_id", "name"));`,
    );

    this.addSql(
      `create table "roles" ("id" text not null, "scope_id" text not null, "name" text not null, "description" text null, "permissions" jsonb not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`create unique index roles_name on roles (scope_id, lower(name));`);

    this.addSql(
      `create table "invitations" ("id" text not null, "scope_id" text not null, "email" text not null, "role" text not null, "custom_role_id" text null, "hash" text not null, "invited_by" text null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "invitations" add constraint "invitations_hash_unique" unique ("hash");`,
    );
    this.addSql(`create index "invitations_expires_at_index" on "invitations" ("expires_at");`);
    this.addSql(`create unique index invitations_email on invitations (scope_id, lower(email));`);

    this.addSql(
      `create table "teams" ("id" text not null, "name" text not null, "description" text null, "created_by" text null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "team_members" ("account_id" text not null, "team_id" text not null, "role" text not null, "custom_role_id" text null, "created_at" timestamptz(3) not null, primary key ("account_id", "team_id"));`,
    );
    this.addSql(`create index "team_members_team_id_index" on "team_members" ("team_id");`);

    this.addSql(
      `alter table "project_members" drop constraint "project_members_account_id_foreign";`,
    );

    this.addSql(`alter table "accounts" add "active" boolean not null default true;`);

    this.addSql(
      `alter table "api_keys" add "previous_hash" text null, add "previous_expires_at" timestamptz(3) null, add "scopes" jsonb not null default '[]', add "collection_grants" jsonb not null default '{}', add "access_level" text null, add "allowed_ips" jsonb not null default '[]', add "limits" jsonb not null default '{}', add "account_id" text null, add "created_by" text null, add "updated_at" timestamptz(3) null, add "expires_at" timestamptz(3) null, add "revoked_at" timestamptz(3) null, add "last_used_at" timestamptz(3) null, add "last_used_ip" text null;`,
    );
    this.addSql(`update "api_keys" set "updated_at" = "created_at";`);
    this.addSql(`alter table "api_keys" alter column "updated_at" set not null;`);
    this.addSql(`create index "api_keys_project_id_index" on "api_keys" ("project_id");`);
    this.addSql(
      `alter table "api_keys" add constraint "api_keys_previous_hash_unique" unique ("previous_hash");`,
    );
    this.addSql(`create index "api_keys_account_id_index" on "api_keys" ("account_id");`);

    this.addSql(
      `alter table "projects" add "description" text null, add "visibility" text not null default 'private', add "template" text not null default 'blank', add "team_id" text null, add "created_by" text null, add "deleted_at" timestamptz(3) null;`,
    );
    this.addSql(
      `alter table "projects" add constraint "projects_team_id_foreign" foreign key ("team_id") references "teams" ("id") on delete restrict;`,
    );
    // What anonymous callers could see until now stays open to them.
    this.addSql(`update "projects" set "visibility" = 'public' where "is_default";`);
    this.addSql(`create index "projects_team_id_index" on "projects" ("team_id");`);
    this.addSql(`create index "projects_deleted_at_index" on "projects" ("deleted_at");`);
    this.addSql(
      `alter table "projects" add constraint "projects_status_check" check ("status" in ('active', 'archived'));`,
    );
    this.addSql(
      `alter table "projects" add constraint "projects_visibility_check" check ("visibility" in ('private', 'public'));`,
    );
    this.addSql(
      `alter table "projects" add constraint "projects_template_check" check ("template" in ('blank', 'blog', 'docs', 'shop'));`,
    );

    this.addSql(`alter table "project_members" drop constraint "project_members_role_check";`);
    this.addSql(`alter table "project_members" add "custom_role_id" text null;`);
    this.addSql(
      `alter table "project_members" add constraint "project_members_custom_role_id_foreign" foreign key ("custom_role_id") references "roles" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "project_members" add constraint "project_members_project_id_foreign" foreign key ("project_id") references "projects" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "project_members" add constraint "project_members_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `create index "project_members_project_id_index" on "project_members" ("project_id");`,
    );
    this.addSql(
      `alter table "project_members" add constraint "project_members_role_check" check ("role" in ('owner', 'admin', 'editor', 'author', 'viewer', 'custom'));`,
    );

    this.addSql(
      `alter table "api_key_days" add constraint "api_key_days_key_id_foreign" foreign key ("key_id") references "api_keys" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "api_key_uses" add constraint "api_key_uses_key_id_foreign" foreign key ("key_id") references "api_keys" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "api_key_windows" add constraint "api_key_windows_key_id_foreign" foreign key ("key_id") references "api_keys" ("id") on delete cascade;`,
    );

    this.addSql(
      `alter table "invitations" add constraint "invitations_custom_role_id_foreign" foreign key ("custom_role_id") references "roles" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "invitations" add constraint "invitations_role_check" check ("role" in ('owner', 'admin', 'editor', 'author', 'viewer', 'custom'));`,
    );

    this.addSql(
      `alter table "team_members" add constraint "team_members_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "team_members" add constraint "team_members_team_id_foreign" foreign key ("team_id") references "teams" ("id") on update cascade on delete cascade;`,
    );
    this.addSql(
      `alter table "team_members" add constraint "team_members_custom_role_id_foreign" foreign key ("custom_role_id") references "roles" ("id") on delete restrict;`,
    );
    this.addSql(
      `alter table "team_members" add constraint "team_members_role_check" check ("role" in ('owner', 'admin', 'editor', 'author', 'viewer', 'custom'));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "invitations" drop constraint "invitations_custom_role_id_foreign";`);
    this.addSql(
      `alter table "project_members" drop constraint "project_members_custom_role_id_foreign";`,
    );
    this.addSql(
      `alter table "team_members" drop constraint "team_members_custom_role_id_foreign";`,
    );
    this.addSql(`alter table "projects" drop constraint "projects_team_id_foreign";`);
    this.addSql(`alter table "team_members" drop constraint "team_members_team_id_foreign";`);

    this.addSql(`drop table if exists "api_key_days" cascade;`);
    this.addSql(`drop table if exists "api_key_uses" cascade;`);
    this.addSql(`drop table if exists "api_key_windows" cascade;`);
    this.addSql(`drop table if exists "roles" cascade;`);
    this.addSql(`drop table if exists "invitations" cascade;`);
    this.addSql(`drop table if exists "teams" cascade;`);
    this.addSql(`drop table if exists "team_members" cascade;`);

    this.addSql(
      `alter table "project_members" drop constraint "project_members_project_id_foreign";`,
    );
    this.addSql(
      `alter table "project_members" drop constraint "project_members_account_id_foreign";`,
    );

    this.addSql(`alter table "accounts" drop column "active";`);

    this.addSql(`drop index "api_keys_project_id_index";`);
    this.addSql(`alter table "api_keys" drop constraint "api_keys_previous_hash_unique";`);
    this.addSql(`drop index "api_keys_account_id_index";`);
    this.addSql(
      `alter table "api_keys" drop column "previous_hash", drop column "previous_expires_at", drop column "scopes", drop column "collection_grants", drop column "access_level", drop column "allowed_ips", drop column "limits", drop column "account_id", drop column "created_by", drop column "updated_at", drop column "expires_at", drop column "revoked_at", drop column "last_used_at", drop column "last_used_ip";`,
    );

    this.addSql(`drop index "project_members_project_id_index";`);
    this.addSql(`alter table "project_members" drop constraint "project_members_role_check";`);
    this.addSql(`alter table "project_members" drop column "custom_role_id";`);
    this.addSql(
      `alter table "project_members" add constraint "project_members_account_id_foreign" foreign key ("account_id") references "accounts" ("id") on delete cascade;`,
    );
    this.addSql(
      `alter table "project_members" add constraint "project_members_role_check" check ("role" in ('owner', 'admin', 'editor', 'author', 'viewer'));`,
    );

    this.addSql(`drop index "projects_team_id_index";`);
    this.addSql(`drop index "projects_deleted_at_index";`);
    this.addSql(`alter table "projects" drop constraint "projects_status_check";`);
    this.addSql(`alter table "projects" drop constraint "projects_visibility_check";`);
    this.addSql(`alter table "projects" drop constraint "projects_template_check";`);
    this.addSql(
      `alter table "projects" drop column "description", drop column "visibility", drop column "template", drop column "team_id", drop column "created_by", drop column "deleted_at";`,
    );
  }
}
