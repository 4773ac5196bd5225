import { MAX_INCLUDED } from '@cms/contracts';
import { listText } from '../../platform/json/raw-json.ts';
import type { CollectionCtx } from '../context.ts';
import type { EntryRow } from '../entries/row.ts';
import { IncludedEntries, tooMany } from './load-included.ts';
import { type Member, memberOf, withMembers } from './member-text.ts';
import type { Included, Plan } from './plan.ts';

/** How one document shows entries. */
export interface EntryStyle {
  /** Whether included entries stand in the relation's place in data, or beside data. */
  readonly includes: 'within' | 'beside';
  /** The data of a row that is shown whole. */
  dataText(ctx: CollectionCtx, row: EntryRow): string;
  /** An entry around its data; `beside` is the text of an object of included entries by relation. */
  entryText(ctx: CollectionCtx, row: EntryRow, data: string, beside?: string): string;
}

/** Entries as texts, and what their ETag must know of what came along. */
export interface Shown {
  readonly texts: readonly string[];
  readonly tag: string | undefined;
}

/** Shows rows in the style of a document, by a plan where there is one. */
export async function showEntries(
  ctx: CollectionCtx,
  style: EntryStyle,
  rows: readonly EntryRow[],
  plan: Plan | undefined,
  beside?: ReadonlyMap<string, readonly EntryRow[]>,
): Promise<Shown> {
  if (!plan) {
    const texts = rows.map((row) => style.entryText(ctx, row, style.dataText(ctx, row)));
    return { texts, tag: undefined };
  }
  const included = await IncludedEntries.load(plan, rows, beside);
  const display = new Display(style, included);
  const texts = rows.map((row) => display.entry(plan, row).text);
  return {
    texts,
    tag: `${meaningOf(plan)} ${included.versions.join()}`,
  };
}

/** What a plan shows, and by which schemas. */
const meaningOf = ({ ctx, shown, includes }: Plan): string => {
  const names = shown?.map(({ id }) => id).join() ?? '*';
  const inner = includes.map(
    ({ field, back, plan, choice }) =>
      `${back ? 'to ' : ''}${field.id}${choice ? ' chosen' : ''}${plan ? meaningOf(plan) : '-'}`,
  );
  return `${ctx.collection.revision}.${ctx.view.name}(${names};${inner.join()})`;
};

const nothing: ReadonlyMap<string, Part> = new Map();

/** A text with how many included entries are in it, wherever they stand. */
interface Part {
  readonly text: string;
  readonly entries: number;
}

/** Makes the texts; an entry that stands in many places is made once for each plan. */
class Display {
  readonly #style: EntryStyle;
  readonly #included: IncludedEntries;
  readonly #made = new Map<Plan, Map<string, Part>>();
  #places = 0;

  constructor(style: EntryStyle, included: IncludedEntries) {
    this.#style = style;
    this.#included = included;
  }

  /** A row of the list itself. Throws INVALID_INPUT where all together hold too many entries. */
  entry(plan: Plan, row: EntryRow): Part {
    const part = this.#make(plan, row);
    this.#places += part.entries;
    if (this.#places > MAX_INCLUDED) throw tooMany();
    return part;
  }

  #make(plan: Plan, row: EntryRow): Part {
    if (plan.includes.length === 0) {
      const text = this.#style.entryText(plan.ctx, row, this.#data(plan, row, nothing));
      return { entries: 0, text };
    }
    const relations = new Map<string, Part>();
    let entries = 0;
    for (const include of plan.includes) {
      const part = this.#relation(include, row);
      if (!part) continue;
      relations.set(include.name, part);
      entries += part.entries;
    }
    // Before the text is put together: entries within entries multiply.
    if (entries > MAX_INCLUDED) throw tooMany();
    const within = this.#style.includes === 'within';
    const data = this.#data(plan, row, within ? relations : nothing);
    const beside = within || relations.size === 0 ? undefined : objectOf(relations);
    return { entries, text: this.#style.entryText(plan.ctx, row, data, beside) };
  }

  /** The entries of a relation as they are shown; undefined where the ids stay as they are. */
  #relation(include: Included, row: EntryRow): Part | undefined {
    const { plan, field, back, choice } = include;
    if (!plan) return undefined;
    if (!back && !field.options.multiple) {
      const one = this.#included.oneOf(include, row);
      return one && this.#once(plan, one);
    }
    const found = choice ? this.#included.chosenOf(include, row) : this.#included.of(include, row);
    const within = this.#style.includes === 'within';
    const kept = within ? found : found.filter((each) => typeof each !== 'string');
    if (!choice && kept.every((each) => typeof each === 'string')) return undefined;
    const parts = kept.map((each): Part => {
      if (typeof each === 'string') return { entries: 0, text: `"${each}"` };
      return this.#once(plan, each);
    });
    const entries = parts.reduce((sum, part) => sum + part.entries, 0);
    const texts = parts.map(({ text }) => text);
    return { entries, text: listText(texts) };
  }

  #once(plan: Plan, row: EntryRow): Part {
    const rows = this.#made.get(plan) ?? new Map<string, Part>();
    this.#made.set(plan, rows);
    const known = rows.get(row.entry_id);
    if (known) return known;
    const { text, entries } = this.#make(plan, row);
    const made = { text, entries: entries + 1 };
    rows.set(row.entry_id, made);
    return made;
  }

  #data(plan: Plan, row: EntryRow, relations: ReadonlyMap<string, Part>): string {
    if (!plan.shown && relations.size === 0) return this.#style.dataText(plan.ctx, row);
    if (!plan.shown && plan.shape.passThrough && plan.includes.every(({ flat }) => flat))
      return flatData(row.data, relations);
    const wire = plan.shape.toWire(this.#included.stored.dataOf(row));
    if (relations.size === 0) return JSON.stringify(wire);
    const members = new Map<string, { readonly text: string }>();
    for (const [name, value] of Object.entries(wire))
      members.set(name, relations.get(name) ?? { text: JSON.stringify(value) });
    for (const [name, part] of relations) members.set(name, part);
    return objectOf(members);
  }
}

/** The text of flat data with relations in their places; those that point here have none and come last. */
function flatData(data: string, relations: ReadonlyMap<string, Part>): string {
  const placed: (Member & { value: string })[] = [];
  const added = new Map<string, Part>();
  for (const [name, part] of relations) {
    const member = memberOf(data, name);
    if (member) placed.push({ ...member, value: part.text });
    else added.set(name, part);
  }
  const text = withMembers(data, placed);
  if (added.size === 0) return text;
  return text === '{}' ? objectOf(added) : `${text.slice(0, -1)},${objectOf(added).slice(1)}`;
}

const objectOf = (parts: ReadonlyMap<string, { readonly text: string }>): string =>
  `{${[...parts].map(([name, { text }]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
