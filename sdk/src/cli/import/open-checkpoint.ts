import { randomUUID } from 'node:crypto';
import type { TransferFormat } from '../../resources/transfers.ts';
import { CliFailure } from '../failure.ts';
import {
  type Checkpoint,
  checkpointPath,
  deleteCheckpoint,
  fingerprint,
  readCheckpoint,
  writeCheckpoint,
} from './checkpoint.ts';
import { start } from './item.ts';
import type { KeyMap } from './add-mapping.ts';

/** What the command line says about an import. */
export interface Settings {
  readonly url: string;
  readonly project?: string | undefined;
  readonly collection: string;
  /** Items a batch; undefined takes the usual number, or that of the interrupted import. */
  readonly batch: number | undefined;
  readonly format: TransferFormat;
  readonly map: KeyMap | undefined;
  readonly upsert?: string | undefined;
  readonly restart: boolean;
}

/** The state of an import and where it is kept. */
export interface OpenCheckpoint {
  readonly state: Checkpoint;
  readonly resumed: boolean;
  save(): void;
  /** The import is complete: nothing is left to go on with. */
  close(): void;
}

const USUAL_BATCH = 500;
const nothing = { size: 0, sha256: '' };

const fresh = (settings: Settings, head: Checkpoint['head']): Checkpoint => ({
  run: randomUUID(),
  url: settings.url,
  project: settings.project,
  collection: settings.collection,
  batch: settings.batch ?? USUAL_BATCH,
  format: settings.format,
  map: settings.map ?? {},
  upsert: settings.upsert,
  head,
  position: start,
  ahead: [],
  imported: 0,
  updated: 0,
  refused: 0,
  reportBytes: 0,
  at: '',
});

/** The state of an import from a stream: it can't be gone on with, so it is not kept. */
export const unkeptCheckpoint = (settings: Settings): OpenCheckpoint => ({
  state: fresh(settings, nothing),
  resumed: false,
  save: () => {},
  close: () => {},
});

/**
 * The state of a file's import: an interrupted one's, or a new one that is written down at once, so
 * that its idempotency keys outlive a kill. Throws CliFailure where the interrupted import was another.
 */
export async function openCheckpoint(file: string, settings: Settings): Promise<OpenCheckpoint> {
  const path = checkpointPath(file);
  const found = settings.restart ? undefined : readCheckpoint(path);
  if (found) await assertSame(file, path, found, settings);
  const state = found ?? fresh(settings, await fingerprint(file));
  const save = () => {
    state.at = new Date().toISOString();
    writeCheckpoint(path, state);
  };
  if (!found) save();
  return { state, resumed: found !== undefined, save, close: () => deleteCheckpoint(path) };
}

/** Going on with other settings would cut other batches, and import lines twice. */
async function assertSame(
  file: string,
  path: string,
  found: Checkpoint,
  { url, project, collection, batch, format, map, upsert }: Settings,
): Promise<void> {
  const head = await fingerprint(file);
  const differs = [
    ...(found.url === url ? [] : [`the server (${found.url})`]),
    ...(found.project === project ? [] : [`--project (${found.project ?? 'none'})`]),
    ...(found.collection === collection ? [] : [`the collection (${found.collection})`]),
    ...(batch === undefined || batch === found.batch ? [] : [`--batch (${found.batch})`]),
    ...(format === found.format ? [] : [`--format (${found.format})`]),
    ...(upsert === found.upsert ? [] : [`--upsert (${found.upsert ?? 'none'})`]),
    ...(map === undefined || JSON.stringify(map) === JSON.stringify(found.map) ? [] : ['--map']),
    ...(head.sha256 === found.head.sha256 && head.size === found.head.size
      ? []
      : ["the file's content"]),
  ];
  if (differs.length === 0) return;
  throw new CliFailure(
    `An import of ${file} was interrupted, and ${differs.join(', ')} was different then. Run it as before to finish it, or add --restart to forget it (lines imported already are imported again). It is kept in ${path}.`,
  );
}
