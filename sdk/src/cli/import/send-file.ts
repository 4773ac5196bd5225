import { createReadStream, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { CmsClient } from '../../client.ts';
import type { ImportReport, TransferFormat } from '../../resources/transfers.ts';
import { CliFailure, exitCodes } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import { showTransfer } from '../transfer-progress.ts';
import type { KeyMap } from './map-keys.ts';

export interface FileOptions {
  readonly collection: string;
  readonly format: TransferFormat;
  readonly map?: KeyMap;
  readonly upsert?: string;
  readonly dryRun?: true;
  /** Where refused rows go. */
  readonly report: string;
}

/** Sends a whole file with one request, which the server reads row by row; gives the exit code. */
export async function sendFile(
  client: CmsClient,
  file: string,
  options: FileOptions,
  terminal: Terminal,
): Promise<number> {
  const piped = file === '-';
  const size = piped ? undefined : (await stat(file)).size;
  const progress = showTransfer(terminal, size, 'bytes');
  const source = piped ? terminal.input : createReadStream(file);
  const { collection, format, map, upsert, dryRun } = options;
  try {
    const body = Readable.toWeb(Readable.from(counted(source, progress.add))) as ReadableStream;
    const report = await client.entries(collection).import(body, {
      format,
      ...(map ? { map } : {}),
      ...(upsert === undefined ? {} : { upsert }),
      ...(dryRun ? { dryRun } : {}),
    });
    progress.stop();
    return told(report, options, terminal);
  } catch (error) {
    progress.stop();
    if (!(error instanceof TypeError)) throw error;
    const again = upsert === undefined ? 'what is stored; import the rest' : 'the same command';
    throw new CliFailure(
      `The connection was lost. The entries of the first rows may be there: go on with ${again}.`,
      exitCodes.failed,
      { cause: error },
    );
  }
}

async function* counted(chunks: AsyncIterable<Buffer | string>, add: (bytes: number) => void) {
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk as string);
    add(bytes.length);
    yield bytes;
  }
}

function told(
  { imported, updated, skipped, errors, dry_run: dryRun }: ImportReport,
  { collection, report }: FileOptions,
  terminal: Terminal,
): number {
  const head = dryRun ? 'Nothing was kept; it would have imported' : 'Imported';
  const sentence = `${head} ${imported} and updated ${updated} entries of ${collection}.`;
  rmSync(report, { force: true });
  if (!errors) {
    terminal.out(sentence);
    return exitCodes.done;
  }
  writeFileSync(report, errors.map((error) => `${JSON.stringify(error)}\n`).join(''));
  terminal.out(`${sentence} ${skipped} rows were refused: see ${report}`);
  return exitCodes.refused;
}
