import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from '../terminal.ts';

/** Shows how far an import is. */
export interface Progress {
  update(bytes: number, imported: number, refused: number): void;
  stop(): void;
}

/** A plain line is written each time so many entries were handled. */
const LINE_EVERY = 1000;

/** A bar where somebody watches and the size is known, otherwise a line now and then. */
export function showProgress(terminal: Terminal, totalBytes: number | undefined): Progress {
  return terminal.watched && totalBytes !== undefined ? bar(totalBytes) : lines(terminal);
}

function bar(totalBytes: number): Progress {
  const drawn = new SingleBar(
    {
      format: '{bar} {percentage}% | {imported} imported, {refused} refused | {duration_formatted}',
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  drawn.start(totalBytes, 0, { imported: 0, refused: 0 });
  return {
    update: (bytes, imported, refused) =>
      drawn.update(Math.min(bytes, totalBytes), { imported, refused }),
    stop: () => drawn.stop(),
  };
}

function lines(terminal: Terminal): Progress {
  let told = 0;
  return {
    update(_bytes, imported, refused) {
      const handled = imported + refused;
      if (handled - told < LINE_EVERY) return;
      told = handled;
      terminal.note(`${imported} imported, ${refused} refused …`);
    },
    stop: () => {},
  };
}
