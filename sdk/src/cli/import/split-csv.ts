import { CliFailure } from '../failure.ts';
import type { Position } from './item.ts';

const [QUOTE, COMMA, LF, CR] = [0x22, 0x2c, 0x0a, 0x0d];
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** One record of a CSV, without what ends it, and where it stands. */
export interface CsvRecord {
  readonly bytes: Buffer;
  /** Its first line, from 1. */
  readonly line: number;
  readonly end: Position;
}

/**
 * Cuts a CSV into records, which may go over several lines where a cell is quoted; empty lines are
 * only counted. Holds one record and a chunk. Throws CliFailure for a quote that stands where none may,
 * as the server would.
 */
export async function* splitCsv(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<CsvRecord, void, undefined> {
  const scan = new Scan();
  for await (const chunk of withoutMark(chunks)) yield* scan.read(chunk);
  yield* scan.finish();
}

/** The bytes without a byte order mark, which is no part of the first column's name. */
async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head) head = Buffer.concat([head, chunk]);
    if (head && head.length < BOM.length) continue;
    yield head ? head.subarray(head.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0) : chunk;
    head = undefined;
  }
  if (head) yield head;
}

type State = 'begin' | 'plain' | 'quoted' | 'closed';

class Scan {
  #state: State = 'begin';
  #begun: Buffer[] = [];
  #length = 0;
  /** Lines that have ended, and of those the ones before this record. */
  #lines = 0;
  #before = 0;
  #offset = 0;
  #last = 0;

  *read(chunk: Buffer): Generator<CsvRecord> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (this.#ends(byte)) {
        const record = this.#cut(chunk.subarray(from, at + 1));
        if (record) yield record;
        from = at + 1;
      }
      this.#last = byte;
    }
    this.#begun.push(chunk.subarray(from));
    this.#length += chunk.length - from;
  }

  *finish(): Generator<CsvRecord> {
    if (this.#state === 'quoted')
      throw this.#broken(`a quote is never closed; the file ends in line ${this.#lines + 1}.`);
    const record = this.#cut(Buffer.alloc(0));
    if (record) yield record;
  }

  /** Takes one byte in; true where it ends a record. */
  #ends(byte: number): boolean {
    const isBreak = byte === LF || byte === CR;
    // The second half of a line break is none of its own.
    if (isBreak && !(byte === LF && this.#last === CR)) this.#lines += 1;
    if (this.#state === 'quoted') {
      if (byte === QUOTE) this.#state = 'closed';
      return false;
    }
    if (isBreak) {
      this.#state = 'begin';
      return true;
    }
    if (byte === QUOTE) {
      if (this.#state === 'plain')
        throw this.#broken(
          'a quote stands in the middle of a cell; put the cell in quotes and write the quote twice.',
        );
      this.#state = 'quoted';
    } else if (byte === COMMA) this.#state = 'begin';
    else if (this.#state === 'closed')
      throw this.#broken(
        'there is text behind a closing quote; write a quote within quotes twice.',
      );
    else this.#state = 'plain';
    return false;
  }

  #cut(rest: Buffer): CsvRecord | undefined {
    const bytes = this.#length === 0 ? rest : Buffer.concat([...this.#begun, rest]);
    const line = this.#before + 1;
    [this.#begun, this.#length, this.#before] = [[], 0, this.#lines];
    this.#offset += bytes.length;
    const last = bytes.at(-1);
    const record = last === LF || last === CR ? bytes.subarray(0, -1) : bytes;
    if (record.length === 0) return undefined;
    return { bytes: record, line, end: { line: this.#lines, offset: this.#offset } };
  }

  #broken(what: string): CliFailure {
    return new CliFailure(
      `In the row that begins in line ${this.#before + 1}, ${what} What came before is imported.`,
    );
  }
}
