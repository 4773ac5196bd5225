import { Worker } from 'node:worker_threads';

/**
 * Runs a module in a thread of its own, for work that would keep every request waiting: it gets `data`
 * as its workerData and answers with one message. Throws what the module throws.
 */
export function runInWorker<T>(module: URL, data: unknown): Promise<T> {
  const worker = new Worker(module, { workerData: data });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The worker ended without an answer')));
  });
}
