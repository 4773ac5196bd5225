import { Migration } from '@mikro-orm/migrations';

export class Migration20261121081934 extends Migration {
  override name = 'Migration20261121081934';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "api_keys" ("id" text not null, "project_id" text null, "name" text not null, "prefix" text not null, "hash" text not null, "created_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "api_keys" add constraint "api_keys_hash_unique" unique ("hash");`);
    this.addSql(
      `create unique index api_keys_one_root on api_keys ((true)) where project_id is null;`,
    );

    this.addSql(
      `create table "collections" ("id" text not null, "project_id" text not null, "name" text not null, "label" text null, "type" text not null, "status" text not null, "default_status" text not null, "fields" jsonb not null, "used_keys" jsonb not null, "options" jsonb not null, "rules" jsonb not null, "revision" int not null, "storage" text not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id", "project_id"));`,
    );
    this.addSql(`create unique index collections_name on collections (lower(name), project_id);`);

    this.addSql(
      `create table "projects" ("id" text not null, "name" text not null, "status" text not null default 'active', "is_default" boolean not null default false, "default_locale" text not null default 'en', "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(
      `create unique index projects_one_default on projects (is_default) where is_default;`,
    );
  }
}
