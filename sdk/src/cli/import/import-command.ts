import { Command, Option } from 'commander';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { MAX_BULK_ENTRIES, sendEntries } from './send-entries.ts';
import { connect, type ConnectionOptions, wholeNumber, withConnection } from '../connection.ts';
import { exitCodes } from '../failure.ts';
import type { Finish } from '../program.ts';
import type { TransferFormat } from '../../resources/transfers.ts';
import type { Terminal } from '../terminal.ts';
import { addMapping, type KeyMap } from './map-keys.ts';
import { mayBeStored } from './may-be-stored.ts';
import { openCheckpoint, type OpenCheckpoint, unkeptCheckpoint } from './open-checkpoint.ts';
import { showProgress } from './progress.ts';
import { fileItems, streamItems } from './read-items.ts';
import { openReport } from './refused-report.ts';
import { runImport } from './run-import.ts';
import { sendFile } from './send-file.ts';
import { summary, warnOfAge } from './summary.ts';

interface Options extends ConnectionOptions {
  readonly collection: string;
  readonly map?: KeyMap;
  readonly batch?: number;
  readonly concurrency: number;
  readonly report?: string;
  readonly restart?: true;
  readonly format?: TransferFormat;
  readonly upsert?: string;
  readonly dryRun?: true;
}

/** `cms import`: creates an entry of every line of a file. */
export const importCommand = (terminal: Terminal, finish: Finish): Command =>
  withConnection(new Command('import'))
    .description(
      'create entries from NDJSON, a JSON array or CSV; run it again after an interruption (CSV: with --upsert)',
    )
    .argument('<file>', 'the file, or - for the standard input')
    .requiredOption('-c, --collection <name>', 'the collection to import into')
    .option('--map <from=to>', 'rename a field (from= leaves it out); may be repeated', addMapping)
    .option('--batch <count>', 'entries a request', wholeNumber(1, MAX_BULK_ENTRIES))
    .option('--concurrency <count>', 'requests at the same time', wholeNumber(1, 16), 2)
    .option('--report <file>', 'where refused lines go (default: <file>.refused.ndjson)')
    .addOption(
      new Option('--format <format>', 'what the file is, unless its name says so').choices([
        'csv',
        'ndjson',
      ]),
    )
    .option('--upsert <field>', 'change entries that have the same value of this unique field')
    .option('--dry-run', 'check everything and keep nothing')
    .option('--restart', 'forget an interrupted import of this file')
    .action(async (file: string, options: Options) => {
      finish(await (isOneRequest(file, options) ? sendWhole : importFile)(file, options, terminal));
    });

/** CSV is read by the server, which knows the fields; so is whatever it has to compare. */
const isOneRequest = (file: string, { format, upsert, dryRun }: Options): boolean =>
  (format ?? formatOf(file)) === 'csv' || upsert !== undefined || dryRun === true;

const formatOf = (file: string): TransferFormat => (/\.csv$/i.test(file) ? 'csv' : 'ndjson');

const reportOf = (file: string, { report }: Options): string =>
  report ?? `${file === '-' ? 'stdin' : file}.refused.ndjson`;

const sendWhole = (file: string, options: Options, terminal: Terminal): Promise<number> =>
  sendFile(
    connect(options),
    file,
    {
      ...options,
      format: options.format ?? formatOf(file),
      report: reportOf(file, options),
    },
    terminal,
  );

async function importFile(file: string, options: Options, terminal: Terminal): Promise<number> {
  const client = connect(options);
  const piped = file === '-';
  const settings = {
    ...options,
    batch: options.batch,
    map: options.map,
    restart: options.restart ?? false,
  };
  const totalBytes = piped ? undefined : (await stat(file)).size;
  const checkpoint = piped ? unkeptCheckpoint(settings) : await openCheckpoint(file, settings);
  const { state, resumed } = checkpoint;
  if (resumed) warnOfAge(terminal, file, state);
  const report = openReport(reportOf(file, options), state.reportBytes);
  const before = { imported: state.imported, at: performance.now() };
  const progress = showProgress(terminal, totalBytes);
  const interrupted = await untilInterrupted(async (stop) => {
    try {
      return await runImport({
        items: piped
          ? streamItems(terminal.input as AsyncIterable<Buffer>)
          : fileItems(file, state.position),
        checkpoint,
        report,
        progress,
        concurrency: options.concurrency,
        create: sendEntries(client, options.collection, state.map),
        stop,
      });
    } catch (error) {
      // Where nothing can be stored, there is nothing to go on with.
      if (state.imported + state.refused === 0 && !mayBeStored(error)) checkpoint.close();
      throw error;
    } finally {
      progress.stop();
    }
  });
  return told(terminal, checkpoint, { file, before, interrupted, report: report.path });
}

/** Runs work that a first Ctrl-C stops gently; a second one ends the process as usual. */
async function untilInterrupted(work: (stop: AbortSignal) => Promise<void>): Promise<boolean> {
  const stop = new AbortController();
  const done = new AbortController();
  const listening = once(process, 'SIGINT', { signal: done.signal }).then(
    () => stop.abort(),
    () => undefined,
  );
  try {
    await work(stop.signal);
  } finally {
    done.abort();
    await listening;
  }
  return stop.signal.aborted;
}

interface Ending {
  readonly file: string;
  readonly before: { readonly imported: number; readonly at: number };
  readonly interrupted: boolean;
  readonly report: string;
}

function told(terminal: Terminal, checkpoint: OpenCheckpoint, ending: Ending): number {
  const { state } = checkpoint;
  const seconds = (performance.now() - ending.before.at) / 1000;
  terminal.out(
    summary(state, { ...ending, seconds, now: state.imported - ending.before.imported }),
  );
  if (ending.interrupted) {
    terminal.note('Interrupted. Run the same command again to go on.');
    return exitCodes.failed;
  }
  checkpoint.close();
  return state.refused === 0 ? exitCodes.done : exitCodes.refused;
}
