import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { TextStream } from '../../platform/stream/text-stream.ts';

/**
 * Sends a file while it is made, no faster than it is read. What fails before its first part is
 * refused as usual; later the connection is cut, so that nobody takes the part for the whole. A client
 * that goes ends the making.
 */
export async function sendStream(req: Request, res: Response, file: TextStream): Promise<void> {
  const head = () => {
    res.setHeader('Content-Type', `${file.mediaType}; charset=utf-8`);
    res.setHeader('Content-Disposition', `attachment; filename="${file.fileName}"`);
    res.setHeader('Cache-Control', 'private, no-store');
  };
  if (req.method === 'HEAD') {
    head();
    return void res.end();
  }
  const chunks = file.chunks[Symbol.asyncIterator]();
  const first = await chunks.next();
  head();
  const all = async function* () {
    if (!first.done) yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  try {
    await pipeline(Readable.from(all(), { highWaterMark: 1 }), res);
  } finally {
    // Also of a client that went before this began: what holds the file open is let go at once.
    await chunks.return?.();
  }
}
