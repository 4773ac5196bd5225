import { Command, Option } from 'commander';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect, type ConnectionOptions, wholeNumber, withConnection } from '../connection.ts';
import { exitCodes } from '../failure.ts';
import type { Finish } from '../program.ts';
import type { ImportOptions, TransferFormat } from '../../resources/transfers.ts';
import type { Terminal } from '../terminal.ts';
import { addMapping, type KeyMap } from './add-mapping.ts';
import { dryRun } from './dry-run.ts';
import { importInto, MAX_ROWS } from './import-into.ts';
import { type Item, type Position, start } from './item.ts';
import { mayBeStored } from './may-be-stored.ts';
import { openCheckpoint, type OpenCheckpoint, unkeptCheckpoint } from './open-checkpoint.ts';
import { showProgress } from './progress.ts';
import { fileItems, streamItems } from './read-items.ts';
import { openReport } from './refused-report.ts';
import { runImport } from './run-import.ts';
import { summary, triedSummary, warnOfAge } from './summary.ts';

interface Options extends ConnectionOptions {
  readonly collection: string;
  readonly map?: KeyMap;
  readonly batch?: number;
  readonly concurrency: number;
  readonly report?: string;
  readonly restart?: true;
  readonly format: TransferFormat;
  readonly upsert?: string;
}

/** `cms import`: an entry of every line of a file, every element of its array, or every row of its table. */
export const importCommand = (terminal: Terminal, finish: Finish): Command =>
  withConnection(new Command('import'))
    .description(
      'create entries from CSV, NDJSON or a JSON array; run it again after an interruption to go on',
    )
    .argument('<file>', 'the file, or - for the standard input')
    .requiredOption('-c, --collection <name>', 'the collection to import into')
    .option('--map <from=to>', 'rename a field (from= leaves it out); may be repeated', addMapping)
    .option('--upsert <field>', 'change entries that have the same value of this unique field')
    .option('--batch <count>', 'entries a request', wholeNumber(1, MAX_ROWS))
    .option(
      '--concurrency <count>',
      'requests at the same time; more than one leave no order (not with --upsert)',
      wholeNumber(1, 16),
      1,
    )
    .option('--report <file>', 'where refused lines go (default: <file>.refused.ndjson)')
    .addOption(
      new Option('--format <format>', 'what the file is, unless its name says so').choices([
        'csv',
        'ndjson',
      ]),
    )
    .option('--dry-run', 'check everything and keep nothing')
    .option('--restart', 'forget an interrupted import of this file')
    .action(async (file: string, given: Options & { readonly dryRun?: true }) => {
      const options = { ...given, format: given.format ?? formatOf(file) };
      finish(await (given.dryRun ? tryFile : importFile)(file, options, terminal));
    });

const formatOf = (file: string): TransferFormat => (/\.csv$/i.test(file) ? 'csv' : 'ndjson');

const reportOf = (file: string, { report }: Options): string =>
  report ?? `${file === '-' ? 'stdin' : file}.refused.ndjson`;

const itemsOf = (
  file: string,
  { format }: Options,
  from: Position,
  { input }: Terminal,
): AsyncIterable<Item> =>
  file === '-'
    ? streamItems(input as AsyncIterable<Buffer>, format)
    : fileItems(file, format, from);

async function tryFile(file: string, options: Options, terminal: Terminal): Promise<number> {
  const client = connect(options);
  const report = openReport(reportOf(file, options), 0);
  const tried = await dryRun(itemsOf(file, options, start, terminal), report, (body) =>
    importInto(client, options.collection, body, { ...asked(options, options.map), dryRun: true }),
  );
  terminal.out(triedSummary(tried, report.path));
  return tried.refused === 0 ? exitCodes.done : exitCodes.refused;
}

const asked = ({ format, upsert }: Options, map: KeyMap = {}): ImportOptions => ({
  format,
  ...(upsert === undefined ? {} : { upsert }),
  ...(Object.keys(map).length === 0 ? {} : { map }),
});

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
  const before = { imported: state.imported, updated: state.updated, at: performance.now() };
  const progress = showProgress(terminal, totalBytes);
  const request = asked(options, state.map);
  const interrupted = await untilInterrupted(async (stop) => {
    try {
      return await runImport({
        items: itemsOf(file, options, state.position, terminal),
        checkpoint,
        report,
        progress,
        // Of two rows about one entry the later one is to have the last word.
        concurrency: options.upsert === undefined ? options.concurrency : 1,
        send: (text, idempotencyKey) =>
          importInto(client, options.collection, text, { ...request, idempotencyKey }),
        stop,
      });
    } catch (error) {
      // Where nothing can be stored, there is nothing to go on with.
      const nothing = state.imported + state.updated + state.refused === 0;
      if (nothing && !mayBeStored(error)) checkpoint.close();
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
  readonly before: { readonly imported: number; readonly updated: number; readonly at: number };
  readonly interrupted: boolean;
  readonly report: string;
}

function told(terminal: Terminal, checkpoint: OpenCheckpoint, ending: Ending): number {
  const { state } = checkpoint;
  const seconds = (performance.now() - ending.before.at) / 1000;
  terminal.out(summary(state, { ...ending, seconds }));
  if (ending.interrupted) {
    terminal.note('Interrupted. Run the same command again to go on.');
    return exitCodes.failed;
  }
  checkpoint.close();
  return state.refused === 0 ? exitCodes.done : exitCodes.refused;
}
