import { Migration } from '@mikro-orm/migrations';
import { markedFunction, storedWords } from '../src/content/fields/entry-words.ts';
import type { Field } from '../src/content/fields/field.ts';

/**
 * Stored words that a search of texts does not look into are marked, so that the index of words tells them
 * from the others: a number that begins like one in a text is none of its candidates.
 */
export class Migration20261121190000 extends Migration {
  override name = 'Migration20261121190000';

  override async up(): Promise<void> {
    const collections = (await this.execute('select storage, fields from collections')) as {
      storage: string;
      fields: Field[];
    }[];
    this.addSql(markedFunction);
    for (const { storage, fields } of collections)
      this.addSql(`update "${storage}" set words = ${storedWords(fields, 'data')}`);
  }

  override down(): void {
    this.addSql(`drop function cms_marked(tsvector)`);
  }
}
