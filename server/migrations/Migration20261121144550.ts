import { Migration } from '@mikro-orm/migrations';

export class Migration20261121144550 extends Migration {
  override name = 'Migration20261121144550';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "instance_secrets" ("name" text not null, "value" text not null, primary key ("name"));`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "instance_secrets" cascade;`);
  }
}
