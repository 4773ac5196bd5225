import { Migration } from '@mikro-orm/migrations';

/**
 * Indexes of numbers and truth values by a cast that cannot fail: they are made over dead row versions too,
 * which hold what a field was before its type was changed. The former expression is the same wherever it
 * stands, so each index is made again with its definition rewritten.
 */
export class Migration20261121171800 extends Migration {
  override name = 'Migration20261121171800';

  override up(): void {
    for (const [cast, type] of casts)
      this.addSql(
        rewriting(
          String.raw`\(\(\(data ->> (${literal})\)\)::${cast}\)`,
          String.raw`(case when jsonb_typeof(data -> \1) = '${type}' then (data -> \1)::${cast} end)`,
        ),
      );
  }

  override down(): void | Promise<void> {
    for (const [cast, type] of casts)
      this.addSql(
        rewriting(
          String.raw`CASE\s+WHEN \(jsonb_typeof\(\(data -> (${literal})\)\) = '${type}'::text\) THEN \(\(data -> \1\)\)::${cast}\s+ELSE NULL::${cast}\s+END`,
          String.raw`((data ->> \1)::${cast})`,
        ),
      );
  }
}

/** What values are cast to, and what JSON calls such values. */
const casts = [
  ['numeric', 'number'],
  ['boolean', 'boolean'],
] as const;

/** A key within a definition. */
const literal = `'[^']*'::text`;

/** Makes every index of a field again whose definition holds a pattern, with what stands for it. */
const rewriting = (
  pattern: string,
  replacement: string,
): string => `do $do$ declare each record; begin
  for each in select schemaname, indexname, indexdef from pg_indexes
    where schemaname = current_schema() and indexname ~ '^(ix|uq)_' and indexdef ~ $re$${pattern}$re$ loop
    execute format('drop index %I.%I', each.schemaname, each.indexname);
    execute regexp_replace(each.indexdef, $re$${pattern}$re$, $to$${replacement}$to$, 'g');
  end loop;
end $do$`;
