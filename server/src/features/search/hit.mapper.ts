import type { CollectionCtx } from '../../content/context.ts';
import type { SearchHit } from '../../content/search/engine.ts';
import { highlighted, type IsWanted } from '../../content/search/highlight.ts';
import { searchedFields } from '../../content/search/searched-fields.ts';
import type { Scope } from '../../content/expressions/index.ts';
import type { EntryRow } from '../../content/entries/row.ts';
import { objectText } from '../../platform/json/raw-json.ts';
import { entryText } from '../entries/index.ts';

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

/** The text of an entry that was found; its highlights are of fields that the caller may read. */
export function hitText({ ctx, scope, row, score }: ShownHit, isWanted: IsWanted | null): string {
  const highlights = isWanted ? highlightsOf(scope, row, isWanted) : {};
  const said = objectText({ score }, 'highlights', JSON.stringify(highlights));
  return `${said.slice(0, -1)},${entryText(ctx, row).slice(1)}`;
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
