import { Migration } from '@mikro-orm/migrations';

/** The entries that point to another by one relation, in the order of their ids, are read off the index. */
export class Migration20261121174000 extends Migration {
  override name = 'Migration20261121174000';

  override up(): void | Promise<void> {
    this.addSql(`drop index entry_references_to_entry`);
    this.addSql(
      `create index entry_references_to_entry on entry_references (to_entry_id, project_id, field_id, from_entry_id)`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop index entry_references_to_entry`);
    this.addSql(
      `create index entry_references_to_entry on entry_references (to_entry_id, project_id)`,
    );
  }
}
