import { MAX_INCLUDED } from '@cms/contracts';
import type { EntryRow } from '../entries/row.ts';
import { badView } from './include-error.ts';
import {
  type ChosenRow,
  type Pointers,
  readByIds,
  readChosen,
  readPointing,
} from './included-statements.ts';
import type { Choice, Included, Plan } from './plan.ts';
import { StoredRelations } from './stored-relations.ts';

/** Entries and the plan that they are shown by. */
interface Group {
  readonly plan: Plan;
  readonly rows: readonly EntryRow[];
}

/** An include that is read, for the entries that have it. */
interface Ask {
  readonly include: Included & { readonly plan: Plan };
  readonly rows: readonly EntryRow[];
}

/**
 * The entries that come along with others. Each level of relations is one statement for every collection
 * that it leads to, and one for every relation that chooses among its entries; how many rows there are
 * decides nothing.
 */
export class IncludedEntries {
  /** By collection, then by id; those that were asked for and are missing here are not to be had. */
  readonly #byId = new Map<string, Map<string, EntryRow>>();
  readonly #chosen = new Map<Included, Map<string, EntryRow[]>>();
  readonly stored = new StoredRelations();
  /** Which versions of which entries: what an ETag is made of. */
  readonly versions: string[] = [];

  /** What came with the entries themselves, by collection: all of it that is to be had. */
  readonly #beside: Map<string, readonly EntryRow[]>;

  private constructor(beside: ReadonlyMap<string, readonly EntryRow[]>) {
    this.#beside = new Map(beside);
  }

  /** Reads all that the plan includes. Throws INVALID_INPUT where that is too much. */
  static async load(
    plan: Plan,
    rows: readonly EntryRow[],
    beside?: ReadonlyMap<string, readonly EntryRow[]>,
  ): Promise<IncludedEntries> {
    const loaded = new IncludedEntries(beside ?? new Map());
    let level = await loaded.#loadLevel([{ plan, rows }]);
    loaded.#beside.clear();
    while (level.length > 0) level = await loaded.#loadLevel(level);
    return loaded;
  }

  /** The ids in a relation of an entry, each with its entry where that came along. */
  of(include: Included, row: EntryRow): readonly (EntryRow | string)[] {
    const { plan, choice } = include;
    const ids = this.stored.idsOf(include, row);
    const byId = plan && this.#byId.get(plan.ctx.collection.id);
    return byId && !choice ? ids.map((id) => byId.get(id) ?? id) : ids;
  }

  /** The entry that a relation to one leads to; undefined where there is none, or it is not to be had. */
  oneOf(include: Included, row: EntryRow): EntryRow | undefined {
    const [id] = this.stored.idsOf(include, row);
    const byId = include.plan && this.#byId.get(include.plan.ctx.collection.id);
    return id === undefined ? undefined : byId?.get(id);
  }

  /** The entries that were chosen of a relation, in their order. */
  chosenOf(include: Included, { entry_id }: EntryRow): readonly EntryRow[] {
    return this.#chosen.get(include)?.get(entry_id) ?? [];
  }

  async #loadLevel(level: readonly Group[]): Promise<readonly Group[]> {
    const asks = level.flatMap(({ plan, rows }) =>
      plan.includes.filter(isOpen).map((include): Ask => ({ include, rows })),
    );
    const byTarget = Map.groupBy(
      asks.filter(({ include }) => !include.choice),
      ({ include }) => include.plan.ctx.collection.id,
    );
    await Promise.all([
      ...[...byTarget.values()].map((own) => this.#loadByIds(own)),
      ...asks.map((ask) => ask.include.choice && this.#loadChosen(ask, ask.include.choice)),
    ]);
    return asks.flatMap(({ include, rows }): readonly Group[] => {
      if (include.plan.includes.length === 0) return [];
      const reached = rows.flatMap((row) => this.#reachedFrom(include, row));
      const once = new Map(reached.map((row) => [row.entry_id, row]));
      return once.size === 0 ? [] : [{ plan: include.plan, rows: [...once.values()] }];
    });
  }

  #reachedFrom(include: Included, row: EntryRow): readonly EntryRow[] {
    if (include.choice) return this.chosenOf(include, row);
    return this.of(include, row).filter((each) => typeof each !== 'string');
  }

  async #loadByIds(asks: readonly Ask[]): Promise<void> {
    const { ctx } = (asks[0] as Ask).include.plan;
    const known = this.#byId.get(ctx.collection.id) ?? new Map<string, EntryRow>();
    this.#byId.set(ctx.collection.id, known);
    const wanted = new Set<string>();
    for (const { include, rows } of asks)
      for (const row of rows)
        for (const id of this.stored.idsOf(include, row)) if (!known.has(id)) wanted.add(id);
    if (wanted.size === 0) return;
    if (wanted.size > MAX_INCLUDED) throw tooMany();
    const rows = this.#besideOf(ctx.collection.id, wanted) ?? (await readByIds(ctx, [...wanted]));
    for (const row of rows) known.set(row.entry_id, row);
    this.#count(rows.map(versionOf));
  }

  /** Those that came with the entries themselves; undefined where not all of them may have. */
  #besideOf(collectionId: string, wanted: ReadonlySet<string>): readonly EntryRow[] | undefined {
    const came = this.#beside.get(collectionId);
    if (!came || came.length > MAX_INCLUDED) return undefined;
    return came.filter((row) => wanted.has(row.entry_id));
  }

  async #loadChosen({ include, rows }: Ask, choice: Choice): Promise<void> {
    const chosen = new Map<string, EntryRow[]>();
    this.#chosen.set(include, chosen);
    const found = await this.#readChosen({ include, rows }, choice);
    for (const row of found) {
      const parent = (rows[row.parent] as EntryRow).entry_id;
      const own = chosen.get(parent);
      if (own) own.push(row);
      else chosen.set(parent, [row]);
    }
    this.#count(found.map((row) => `${row.parent}:${versionOf(row)}`));
  }

  async #readChosen({ include, rows }: Ask, choice: Choice): Promise<readonly ChosenRow[]> {
    const { field, back, plan } = include;
    if (back) {
      const ids = rows.map((row) => row.entry_id);
      return readPointing(plan.ctx, field.id, ids, choice, MAX_INCLUDED + 1);
    }
    const pointers = this.#pointers(include, rows);
    if (pointers.ids.length === 0) return [];
    return readChosen(plan.ctx, pointers, choice, MAX_INCLUDED + 1);
  }

  #pointers(include: Included, rows: readonly EntryRow[]): Pointers {
    const parents: number[] = [];
    const ids: string[] = [];
    for (const [parent, row] of rows.entries())
      for (const id of this.stored.idsOf(include, row)) {
        parents.push(parent);
        ids.push(id);
      }
    return { parents, ids };
  }

  #count(versions: readonly string[]): void {
    this.versions.push(...versions);
    if (this.versions.length > MAX_INCLUDED) throw tooMany();
  }
}

const versionOf = ({ entry_id, version }: EntryRow): string => `${entry_id}${version}`;

const isOpen = (include: Included): include is Included & { readonly plan: Plan } =>
  include.plan !== undefined;

/** The refusal of an answer that would hold too many entries. */
export const tooMany = () =>
  badView(
    'include',
    `An answer holds at most ${MAX_INCLUDED} included entries; ask for smaller pages, or give relations a limit.`,
  );
