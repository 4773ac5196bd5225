import type { OpenApiDocument } from '@cms/contracts/openapi';
import { runInWorker } from '../run-in-worker.ts';
import type { Collection } from './collection-format.ts';

/** A Postman collection of every operation, grouped by tag. Throws what the converter throws. */
export const convertDocument = (document: OpenApiDocument): Promise<Collection> =>
  runInWorker(new URL('convert.worker.ts', import.meta.url), document);
