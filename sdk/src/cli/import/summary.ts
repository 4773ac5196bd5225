import type { Terminal } from '../terminal.ts';
import type { Checkpoint } from './checkpoint.ts';

interface Run {
  readonly seconds: number;
  /** Imported in this run. */
  readonly now: number;
  readonly report: string;
}

const grouped = (value: number): string => value.toLocaleString('en-US');
const entries = (count: number): string => (count === 1 ? '1 entry' : `${grouped(count)} entries`);

/** What an import did, for the last line. */
export function summary(state: Checkpoint, { seconds, now, report }: Run): string {
  const rate = seconds > 0 ? ` (${grouped(Math.round(now / seconds))}/s)` : '';
  const earlier = state.imported - now;
  const before = earlier > 0 ? `, ${grouped(earlier)} before` : '';
  const imported = `Imported ${entries(now)} into ${state.collection} in ${seconds.toFixed(1)} s${rate}${before}.`;
  if (state.refused === 0) return imported;
  const lines = state.refused === 1 ? '1 line was' : `${grouped(state.refused)} lines were`;
  return `${imported} ${lines} refused: see ${report}`;
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
