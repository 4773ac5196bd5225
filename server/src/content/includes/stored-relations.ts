import type { EntryRow } from '../entries/row.ts';
import { memberOf } from './member-text.ts';
import type { Included } from './plan.ts';

type Stored = Readonly<Record<string, unknown>>;

/** What entries hold of relations, each read once. */
export class StoredRelations {
  readonly #data = new WeakMap<EntryRow, Stored>();
  readonly #ids = new Map<Included, Map<EntryRow, readonly string[]>>();

  /** An entry's data, parsed once. */
  dataOf(row: EntryRow): Stored {
    const known = this.#data.get(row) ?? (JSON.parse(row.data) as Stored);
    this.#data.set(row, known);
    return known;
  }

  /** The ids in a relation of an entry. */
  idsOf(include: Included, row: EntryRow): readonly string[] {
    const rows = this.#ids.get(include) ?? new Map<EntryRow, readonly string[]>();
    this.#ids.set(include, rows);
    const known = rows.get(row);
    if (known) return known;
    const value = include.flat ? textOf(include, row) : this.#valueOf(include, row);
    const ids = value === null ? [] : ([value].flat() as string[]);
    rows.set(row, ids);
    return ids;
  }

  #valueOf({ field: { key } }: Included, row: EntryRow): unknown {
    const data = this.dataOf(row);
    return Object.hasOwn(data, key) ? data[key] : null;
  }
}

/** The same of flat data, which need not be parsed for it. */
function textOf({ field }: Included, { data }: EntryRow): unknown {
  const member = memberOf(data, field.key);
  if (!member) return null;
  // An id is a text without escapes.
  if (data[member.start] === '"') return data.slice(member.start + 1, member.end - 1);
  return JSON.parse(data.slice(member.start, member.end));
}
