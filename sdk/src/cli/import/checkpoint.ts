import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { CliFailure } from '../failure.ts';
import type { Position } from './item.ts';
import type { TransferFormat } from '../../resources/transfers.ts';
import type { KeyMap } from './add-mapping.ts';

/** How far an import got. Everything a second run needs to go on without doing anything twice. */
export interface Checkpoint {
  /** Idempotency keys are made of it. */
  readonly run: string;
  readonly url: string;
  readonly project?: string | undefined;
  readonly collection: string;
  readonly batch: number;
  readonly format: TransferFormat;
  readonly map: KeyMap;
  readonly upsert?: string | undefined;
  /** The file by its size and a hash of its first bytes: it may not change before it is imported. */
  readonly head: { readonly size: number; readonly sha256: string };
  /** All before this is done. */
  position: Position;
  /** First lines of batches after `position` that are done already. */
  ahead: number[];
  imported: number;
  updated: number;
  refused: number;
  /** Length of the report when this was written. */
  reportBytes: number;
  /** When it was written: the server keeps its answers for a day. */
  at: string;
}

const HEAD_BYTES = 65_536;

export const checkpointPath = (file: string): string => `${file}.cms-progress.json`;

/** The checkpoint of a file, if an import of it was interrupted. Throws CliFailure for a broken one. */
export function readCheckpoint(path: string): Checkpoint | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Checkpoint;
  } catch (error) {
    throw new CliFailure(`${path} cannot be read; delete it to start anew.`, 2, { cause: error });
  }
}

/** Replaces the checkpoint in one step: a kill in the middle leaves the one before. */
export function writeCheckpoint(path: string, checkpoint: Checkpoint): void {
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${JSON.stringify(checkpoint)}\n`);
  renameSync(fresh, path);
}

export const deleteCheckpoint = (path: string): void => rmSync(path, { force: true });

/** Fingerprint of a file: its size, and a hash of its first bytes. */
export async function fingerprint(file: string): Promise<Checkpoint['head']> {
  const hash = createHash('sha256');
  const head = createReadStream(file, { end: HEAD_BYTES - 1 }) as AsyncIterable<Buffer>;
  for await (const chunk of head) hash.update(chunk);
  return { size: statSync(file).size, sha256: hash.digest('hex') };
}
