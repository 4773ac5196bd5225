import { Worker } from 'node:worker_threads';
import type { OpenApiDocument } from '@cms/contracts/openapi';
import type { Collection } from './collection-format.ts';

/** A Postman collection of every operation, grouped by tag, in a thread of its own. Throws what the
 * converter throws. */
export function convertDocument(document: OpenApiDocument): Promise<Collection> {
  const worker = new Worker(new URL('convert.worker.ts', import.meta.url), {
    workerData: document,
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The converter ended without an answer')));
  });
}
