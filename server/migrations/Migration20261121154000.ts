import { Migration } from '@mikro-orm/migrations';

/**
 * Full-text search: words without accents and case, and one index of whatever an entry holds for each
 * collection, so that a change of its fields changes no index. What a reader may see of it is asked on top.
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
       return left(regexp_replace(source, '</?[a-zA-Z][^<>]*>|[@./:_+&~\\\\-]', ' ', 'g'), 100000)`,
    );
    // The same of every text, number and truth value within some JSON.
    this.addSql(
      `create function cms_words(source jsonb) returns text language sql immutable parallel safe
       return (select cms_words(string_agg(leaf #>> '{}', E'\\n'))
         from jsonb_path_query(source, 'strict $.** ? (@.type() == "string" || @.type() == "number" || @.type() == "boolean")') as leaf)`,
    );
    // Each partition has an index of its own, which can be dropped while its rows are rewritten.
    this.addSql(`do $$ declare storage text; begin
      for storage in select inhrelid::regclass::text from pg_inherits where inhparent = 'entry_states'::regclass loop
        execute format('create index %I on %s using gin (to_tsvector(''cms_search'', cms_words(data)))', storage || '_words', storage);
      end loop;
    end $$`);
    this.addSql(`alter table entry_states drop column search`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table entry_states add search tsvector`);
    this.addSql(`do $$ declare storage text; begin
      for storage in select inhrelid::regclass::text from pg_inherits where inhparent = 'entry_states'::regclass loop
        execute format('drop index %I', storage || '_words');
      end loop;
    end $$`);
    this.addSql(`drop function cms_words(jsonb)`);
    this.addSql(`drop function cms_words(text)`);
    this.addSql(`drop text search configuration cms_search`);
    this.addSql(`drop extension if exists pg_trgm`);
    this.addSql(`drop extension if exists unaccent`);
  }
}
