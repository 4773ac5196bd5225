import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.ts';

/** Shows how far a file is. */
export interface TransferProgress {
  add(count: number): void;
  stop(): void;
}

/** A bar where somebody watches; without a known total it only counts. */
export function showTransfer(
  terminal: Terminal,
  total: number | undefined,
  unit: string,
): TransferProgress {
  if (!terminal.watched) return { add: () => {}, stop: () => {} };
  const format =
    total === undefined
      ? `{value} ${unit} | {duration_formatted}`
      : `{bar} {percentage}% | {value} of {total} ${unit} | {duration_formatted}`;
  const bar = new SingleBar(
    { format, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total ?? 0, 0);
  return { add: (count) => bar.increment(count), stop: () => bar.stop() };
}
