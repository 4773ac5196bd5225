import { grouped } from '../grouped.ts';
import type { Terminal } from '../terminal.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Tried } from './dry-run.ts';

interface Run {
  readonly seconds: number;
  /** What had come of it before this run. */
  readonly before: { readonly imported: number; readonly updated: number };
  readonly report: string;
}

const entries = (count: number): string => (count === 1 ? '1 entry' : `${grouped(count)} entries`);

/** What an import did, for the last line. */
export function summary(state: Checkpoint, { seconds, before, report }: Run): string {
  const [imported, updated] = [state.imported - before.imported, state.updated - before.updated];
  const rate = seconds > 0 ? ` (${grouped(Math.round((imported + updated) / seconds))}/s)` : '';
  const earlier = before.imported + before.updated;
  const what = state.upsert === undefined ? '' : ` and updated ${grouped(updated)}`;
  const gone = earlier > 0 ? `, ${grouped(earlier)} before` : '';
  return `Imported ${entries(imported)}${what} into ${state.collection} in ${seconds.toFixed(1)} s${rate}${gone}.${refusedLines(state.refused, report)}`;
}

/** What a dry run saw, for the last line. */
export const triedSummary = ({ imported, updated, refused }: Tried, report: string): string =>
  `Nothing was kept; it would have imported ${entries(imported)} and updated ${grouped(updated)}.${refusedLines(refused, report)}`;

function refusedLines(count: number, report: string): string {
  if (count === 0) return '';
  return ` ${count === 1 ? '1 line was' : `${grouped(count)} lines were`} refused: see ${report}`;
}

const KEPT_MS = 24 * 3_600_000;

/** Tells that an import goes on, and where that can't be exact any more. */
export function warnOfAge(terminal: Terminal, file: string, state: Checkpoint): void {
  terminal.note(`Going on with the import of ${file} after line ${state.position.line}.`);
  if (Date.now() - Date.parse(state.at) < KEPT_MS) return;
  terminal.note(
    `It was interrupted more than a day ago, longer than the server remembers requests: lines ${state.position.line + 1} and following may have been imported already; check the newest entries.`,
  );
}
