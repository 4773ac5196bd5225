import { type Input, type Options, stringify } from 'csv-stringify/sync';
import type { CollectionCtx } from '../../content/context.ts';
import { isoTime } from '../../content/entries/row.ts';
import { cellOf } from './cells.ts';
import { keyField } from './columns.ts';
import type { Exported } from './export-entries.ts';
import { nameOf, type RelationKeys } from './relation-keys.ts';
import { systemColumns } from './system-columns.ts';

const options: Options = {
  record_delimiter: 'windows',
  // A line break of any kind, and space at an end that a reader could trim.
  quoted_match: /[\r\n]|^\s|\s$/,
  // Null is an empty cell, so an empty text is a quoted one.
  cast: { string: (text) => (text === '' ? { value: text, quoted_empty: true } : text) },
};

const linesOf = (rows: Input): string => stringify(rows, options);

/** The CSV of entries, batch by batch: the system's columns, then the fields that the caller may see. */
export async function* csvText(
  ctx: CollectionCtx,
  batches: AsyncIterable<readonly Exported[]>,
  keys: RelationKeys,
): AsyncGenerator<string, void, undefined> {
  const fields = ctx.collection.fields.filter((field) => ctx.view.reads(field));
  const columns = fields.map((field) => {
    const key = keys.get(field.name);
    return key ? { name: nameOf(key), field: keyField(key) } : { name: field.name, field };
  });
  const names = columns.map(({ name }) => name);
  // A field of the same name comes first; the system's is reached by its long one.
  const system = systemColumns.map((name) => (names.includes(name) ? `sys.${name}` : name));
  let header: string | undefined = linesOf([[...system, ...names]]);
  for await (const batch of batches) {
    const lines = batch.map(({ row, data: text }) => {
      const data = JSON.parse(text) as Readonly<Record<string, unknown>>;
      return [
        row.entry_id,
        row.status,
        isoTime(row.created_at),
        isoTime(row.updated_at),
        ...columns.map(({ name, field }) => cellOf(field, data[name])),
      ];
    });
    yield (header ?? '') + linesOf(lines);
    header = undefined;
  }
  if (header !== undefined) yield header;
}
