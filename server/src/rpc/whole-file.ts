import { createHash } from 'node:crypto';
import type { FileStream } from '@cms/contracts';
import { AppError } from '../platform/errors/app-error.ts';

/** Bytes of a file that comes with an Idempotency-Key. */
const MAX_BYTES = 16 * 1024 * 1024;

/** A file that was read: it can be read again, and another of the same bytes is equal to it. */
class WholeFile implements FileStream {
  readonly mediaType: string;
  readonly #parts: readonly Uint8Array[];

  constructor(mediaType: string, parts: readonly Uint8Array[]) {
    this.mediaType = mediaType;
    this.#parts = parts;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    yield* this.#parts;
  }

  /** What it is compared by. */
  toJSON(): object {
    const hash = createHash('sha256');
    for (const part of this.#parts) hash.update(part);
    return { mediaType: this.mediaType, sha256: hash.digest('hex') };
  }
}

/**
 * The input with its file read to the end, so that it is known what the key stands for. Throws
 * PAYLOAD_TOO_LARGE for a file that is too long to be held.
 */
export async function withWholeFile<I extends object>(input: I): Promise<I> {
  if (!('file' in input) || typeof input.file === 'string') return input;
  const file = input.file as FileStream;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of file) {
    length += part.length;
    if (length > MAX_BYTES)
      throw new AppError(
        'PAYLOAD_TOO_LARGE',
        `With an Idempotency-Key a file has at most ${MAX_BYTES} bytes; send it in parts, or without the key.`,
      );
    parts.push(part);
  }
  return { ...input, file: new WholeFile(file.mediaType, parts) };
}
