import type { Readable } from 'node:stream';
import type { FileStream, Formats } from '@cms/contracts';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import type { Request, Response } from 'express';
import { AppError } from '../../platform/errors/app-error.ts';
import type { ReadBody } from './read-body.ts';

const form = 'multipart/form-data';
/** Of what a form holds beside its file. */
const limits = { files: 1, fields: 20, parts: 22, fieldNameSize: 200, fieldSize: 65_536 };

/**
 * A reader of bodies with a file that is a stream: sent raw in one of the media types, or as a part of
 * a form. Other bodies are read by `readJson`. Throws UNSUPPORTED_MEDIA_TYPE, also for what is
 * compressed or in another charset, and INVALID_INPUT for a form without a file.
 */
export function uploadReader(formats: Formats, readJson: ReadBody): ReadBody {
  const types = Object.values(formats);
  return async (req, res) => {
    const type = req.is([form, ...types]);
    if (!type && req.is('application/json') === false)
      throw unsupported(`Send the file as ${[form, ...types].join(', ')}, or as JSON.`);
    if (!type) return readJson(req, res);
    if ((req.headers['content-encoding'] ?? 'identity') !== 'identity')
      throw unsupported('Send the file as it is: compressed uploads are not taken.');
    assertUtf8(req.headers['content-type']);
    // What is left unread once the reply is sent must not block the connection.
    res.once('finish', () => req.unpipe().resume());
    return type === form ? readForm(req, res) : { file: fileOf(req, type) };
  };
}

const unsupported = (message: string) => new AppError('UNSUPPORTED_MEDIA_TYPE', message);

function assertUtf8(contentType = ''): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  if (!/^(utf-?8|us-ascii)$/i.test(charset)) throw unsupported('Send the file as UTF-8.');
}

/** Stopping to read must not cut the connection: the reply is to come. */
const fileOf = (stream: Readable, mediaType: string): FileStream => ({
  mediaType,
  [Symbol.asyncIterator]: () => stream.iterator({ destroyOnReturn: false }),
});

/** The file of a form; what is wrong with the form is the sender's mistake. */
const partOf = (file: FileStream): FileStream => ({
  mediaType: file.mediaType,
  async *[Symbol.asyncIterator]() {
    try {
      yield* file;
    } catch (error) {
      const isKnown = error instanceof AppError || (error as { code?: string }).code;
      throw isKnown ? error : malformed((error as Error).message, error);
    }
  },
});

/** The fields that come before the file, and the file. */
function readForm(req: Request, res: Response): Promise<Record<string, unknown>> {
  const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>();
  const fields: Record<string, unknown> = {};
  const parser = parserOf(req.headers);
  let file: Readable | undefined;
  const fail = (error: Error) => {
    file?.destroy(error);
    reject(error);
  };
  parser.on('field', (name, value) => {
    if (file) fail(malformed('The file is the last part of its form.'));
    else if (name !== '__proto__') fields[name] = value;
  });
  parser.on('file', (name, stream, _fileName, _encoding, mediaType) => {
    file = stream;
    // It may fail while nobody reads it yet.
    stream.on('error', () => undefined);
    resolve({ ...fields, [name]: partOf(fileOf(stream, mediaType)) });
  });
  parser.on('filesLimit', () => fail(malformed('Send one file.')));
  parser.on('error', (error) => fail(malformed(String((error as Error).message), error)));
  parser.on('finish', () => reject(malformed('There is no part "file" with a file in this form.')));
  req.once('error', fail);
  res.once('close', () => file?.destroy());
  req.pipe(parser);
  return promise;
}

function parserOf(headers: Request['headers']): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      limits,
      isPartAFile: (name, type, fileName) =>
        name === 'file' || fileName !== undefined || type === 'application/octet-stream',
    });
  } catch (error) {
    throw malformed((error as Error).message, error);
  }
}

const malformed = (reason: string, cause?: unknown) =>
  new AppError('INVALID_INPUT', `The form cannot be read: ${reason}`, { cause });
