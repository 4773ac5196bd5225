import { Migration } from '@mikro-orm/migrations';
import { markedFunction, storedWords } from '../src/content/fields/entry-words.ts';
import type { Field } from '../src/content/fields/field.ts';

/**
 * Full-text search asks words that are stored with each entry, weighed by their fields, and one index of
 * those. They are made as the writes of this version make them.
 */
export class Migration20261121171500 extends Migration {
  override name = 'Migration20261121171500';

  override async up(): Promise<void> {
    const collections = (await this.execute('select storage, fields from collections')) as {
      storage: string;
      fields: Field[];
    }[];
    // Which the words of this version are made by.
    this.addSql(markedFunction);
    this.addSql(`alter table entry_states add words tsvector`);
    for (const { storage, fields } of collections) {
      this.addSql(`drop index "${storage}_words"`);
      this.addSql(`update "${storage}" set words = ${storedWords(fields, 'data')}`);
      this.addSql(`create index "${storage}_words" on "${storage}" using gin (words)`);
    }
  }

  override down(): void {
    this.addSql(`do $$ declare storage text; begin
      for storage in select inhrelid::regclass::text from pg_inherits where inhparent = 'entry_states'::regclass loop
        execute format('drop index %I', storage || '_words');
        execute format('create index %I on %s using gin (to_tsvector(''cms_search'', cms_words(data)))', storage || '_words', storage);
      end loop;
    end $$`);
    this.addSql(`alter table entry_states drop column words`);
  }
}
