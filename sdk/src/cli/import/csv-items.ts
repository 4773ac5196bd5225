import { CliFailure } from '../failure.ts';
import { splitCsv } from './split-csv.ts';
import { type Item, itemOf, type Position } from './item.ts';

/**
 * Reads the rows of a CSV as they stand there; what their cells mean is the server's to say. The first
 * names the columns and goes before each of them. Throws CliFailure where the text is no CSV.
 */
export async function* csvItems(
  chunks: AsyncIterable<Buffer>,
  from: Position,
): AsyncGenerator<Item, void, undefined> {
  let head: string | undefined;
  for await (const { bytes, line, end } of splitCsv(chunks)) {
    if (head === undefined) {
      const header = itemOf(bytes, { line, end });
      if (header.problem)
        throw new CliFailure(`The line that names the columns: ${header.problem}`);
      head = header.text;
    } else if (line > from.line) yield itemOf(bytes, { line, end }, head);
  }
  if (head === undefined)
    throw new CliFailure('The file is empty: its first line names the columns.');
}
