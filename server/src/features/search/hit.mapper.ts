import type { CollectionCtx } from '../../content/context.ts';
import type { SearchHit } from '../../content/search/engine.ts';
import { highlighted, type IsWanted } from '../../content/search/highlight.ts';
import { searchedFields } from '../../content/search/searched-fields.ts';
import type { Scope } from '../../content/expressions/index.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import type { Plan } from '../../content/includes/plan.ts';
import { showEntries } from '../../content/includes/show-entries.ts';
import { objectText } from '../../platform/json/raw-json.ts';
import { canonical } from '../entries/index.ts';

/** A row that was found, with what is said of it beside the entry. */
export interface ShownHit {
  readonly ctx: CollectionCtx;
  readonly scope: Scope;
  readonly row: EntryRow;
  readonly score: number | null;
}

export const shownHit = ({ target: { ctx, scope }, row, score }: SearchHit): ShownHit => ({
  ctx,
  scope,
  row,
  score,
});

/** What is shown of the entries of each collection, by its id; undefined for all that the caller may read. */
export type Plans = ReadonlyMap<string, Plan> | undefined;

/**
 * The texts of entries that were found, in their order, with what comes along: each collection's are shown
 * together. Highlights are of fields that the caller may read, chosen or not.
 */
export async function hitTexts(
  hits: readonly ShownHit[],
  plans: Plans,
  isWanted: IsWanted | null,
): Promise<string[]> {
  const entries = new Map<ShownHit, string>();
  const byCollection = Map.groupBy(hits, ({ ctx }) => ctx.collection.id);
  for (const [id, own] of byCollection) {
    const { ctx } = own[0] as ShownHit;
    const rows = own.map(({ row }) => row);
    const { texts } = await showEntries(ctx, canonical, rows, plans?.get(id));
    for (const [at, hit] of own.entries()) entries.set(hit, texts[at] as string);
  }
  return hits.map((hit) => hitText(hit, entries.get(hit) as string, isWanted));
}

function hitText(
  { scope, row, score }: ShownHit,
  entry: string,
  isWanted: IsWanted | null,
): string {
  const highlights = isWanted ? highlightsOf(scope, row, isWanted) : {};
  const said = objectText({ score }, 'highlights', JSON.stringify(highlights));
  return `${said.slice(0, -1)},${entry.slice(1)}`;
}

function highlightsOf(scope: Scope, row: EntryRow, isWanted: IsWanted): Record<string, string> {
  const { title, texts } = searchedFields(scope, 'texts');
  const data = JSON.parse(row.data) as Record<string, unknown>;
  const found = [...(title ? [title] : []), ...texts].flatMap(({ key, name }) => {
    const value = data[key];
    const shown = typeof value === 'string' ? highlighted(value, isWanted) : undefined;
    return shown === undefined ? [] : [[name, shown] as const];
  });
  return Object.fromEntries(found);
}
