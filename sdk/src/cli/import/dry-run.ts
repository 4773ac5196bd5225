import { Readable } from 'node:stream';
import type { ImportReport } from '../../resources/transfers.ts';
import type { Item } from './item.ts';
import { reasonsByRow, refusedItem } from './refused.ts';
import type { RefusedReport } from './refused-report.ts';

/** What an import would come to. */
export interface Tried {
  readonly imported: number;
  readonly updated: number;
  readonly refused: number;
}

/**
 * Has all items checked in one request that keeps nothing, and so sees what the last row would meet of
 * the first. Throws what stops the reading of the file, or the request.
 */
export async function dryRun(
  items: AsyncIterable<Item>,
  report: RefusedReport,
  check: (file: ReadableStream<Uint8Array>) => Promise<ImportReport>,
): Promise<Tried> {
  const lines: number[] = [];
  let unsound = 0;
  let failure: { readonly error: unknown } | undefined;
  const text = async function* () {
    try {
      for await (const item of items) {
        if (item.problem !== undefined) {
          report.add([refusedItem(item, [item.problem])]);
          unsound += 1;
          continue;
        }
        const head = lines.length === 0 && item.head !== undefined ? `${item.head}\n` : '';
        lines.push(item.line);
        yield Buffer.from(`${head}${item.text}\n`);
      }
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  const answer = await check(
    Readable.toWeb(Readable.from(text())) as ReadableStream<Uint8Array>,
  ).catch((error: unknown) => {
    throw failure ? failure.error : error;
  });
  for (const [row, reasons] of reasonsByRow(answer))
    report.add([{ line: lines[row - 1] ?? row, reasons }]);
  const { imported, updated, skipped } = answer;
  return { imported, updated, refused: skipped + unsound };
}
