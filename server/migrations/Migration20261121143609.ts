import { Migration } from '@mikro-orm/migrations';

/** Projects count their changes, for ETags. */
export class Migration20261121143609 extends Migration {
  override name = 'Migration20261121143609';

  override up(): void | Promise<void> {
    this.addSql(`alter table "projects" add "revision" int not null default 1;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table "projects" drop column "revision";`);
  }
}
