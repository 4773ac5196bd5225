import { Migration } from '@mikro-orm/migrations';

/**
 * Full-text search: words without accents and case, and one index on whatever an entry holds, so that
 * a change of a collection's fields changes no index. What a reader may see of it is asked on top.
 */
export class Migration20261121154000 extends Migration {
  override name = 'Migration20261121154000';

  override up(): void | Promise<void> {
    this.addSql(`create extension if not exists unaccent`);
    this.addSql(`create extension if not exists pg_trgm`);
    this.addSql(`create text search configuration cms_search (copy = simple)`);
    this.addSql(
      `alter text search configuration cms_search alter mapping for word, numword, asciiword with unaccent, simple`,
    );
    // Text as the words in it: without markup, and addresses and slugs in their parts.
    this.addSql(
      `create function cms_words(source text) returns text language sql immutable parallel safe
       return translate(left(regexp_replace(source, '</?[a-zA-Z][^<>]*>', ' ', 'g'), 100000), '@./:_+&~\\-', '          ')`,
    );
    // The same of every text, number and truth value within some JSON.
    this.addSql(
      `create function cms_words(source jsonb) returns text language sql immutable parallel safe
       return (select cms_words(string_agg(leaf #>> '{}', E'\\n'))
         from jsonb_path_query(source, 'strict $.** ? (@.type() == "string" || @.type() == "number" || @.type() == "boolean")') as leaf)`,
    );
    this.addSql(
      `create index entry_states_words on entry_states using gin (to_tsvector('cms_search', cms_words(data)))`,
    );
    this.addSql(`alter table entry_states drop column search`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table entry_states add search tsvector`);
    this.addSql(`drop index entry_states_words`);
    this.addSql(`drop function cms_words(jsonb)`);
    this.addSql(`drop function cms_words(text)`);
    this.addSql(`drop text search configuration cms_search`);
    this.addSql(`drop extension if exists pg_trgm`);
    this.addSql(`drop extension if exists unaccent`);
  }
}
