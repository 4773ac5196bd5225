import { Command, Option } from 'commander';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CmsClient } from '../../client.ts';
import type { TransferFormat } from '../../resources/transfers.ts';
import { connect, type ConnectionOptions, withConnection } from '../connection.ts';
import { CliFailure, exitCodes } from '../failure.ts';
import type { Finish } from '../program.ts';
import { grouped } from '../grouped.ts';
import type { Terminal } from '../terminal.ts';
import { showTransfer } from '../transfer-progress.ts';
import { entryCounter } from './count-entries.ts';

interface Options extends ConnectionOptions {
  readonly output?: string;
  readonly format: TransferFormat;
  readonly relations?: readonly string[];
}

/** `cms export`: all entries of a collection as a file. */
export const exportCommand = (terminal: Terminal, finish: Finish): Command =>
  withConnection(new Command('export'))
    .description('write all entries of a collection to a file')
    .argument('<collection>', 'the collection')
    .option('-o, --output <file>', 'the file; - for the standard output (default: by its name)')
    .addOption(
      new Option('--format <format>', 'of the file').choices(['csv', 'ndjson']).default('csv'),
    )
    .option(
      '--relations <field>',
      'write relations by this unique field of theirs (slug, or author.slug), for another server; may be repeated',
      (name: string, before: readonly string[] = []) => [...before, name],
    )
    .action(async (collection: string, options: Options) => {
      await exportFile(connect(options), collection, options, terminal);
      finish(exitCodes.done);
    });

async function exportFile(
  client: CmsClient,
  collection: string,
  { format, output = `${collection}.${format}`, relations }: Options,
  terminal: Terminal,
): Promise<void> {
  const entries = client.entries(collection);
  const { total } = await entries.list({ per_page: 1 });
  const stream = await entries.export({ format, ...(relations ? { relations } : {}) });
  const progress = showTransfer(terminal, total ?? undefined, 'entries');
  const count = entryCounter(format);
  const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      progress.add(count(chunk));
      yield chunk;
    }
  };
  const source = Readable.fromWeb(stream as Parameters<typeof Readable.fromWeb>[0]);
  // A file of that name is whole, or it is not there.
  const part = `${output}.part`;
  try {
    if (output === '-') await pipeline(source, counted, process.stdout, { end: false });
    else {
      await pipeline(source, counted, createWriteStream(part));
      await rename(part, output);
    }
  } catch (error) {
    await rm(part, { force: true });
    throw new CliFailure(
      `The export broke off: ${(error as Error).message}. Try it again.`,
      exitCodes.failed,
      { cause: error },
    );
  } finally {
    progress.stop();
  }
  if (output !== '-')
    terminal.out(`Exported ${grouped(count.total())} entries of ${collection} to ${output}`);
}
