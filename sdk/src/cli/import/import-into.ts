import type { CmsClient } from '../../client.ts';
import { ApiError } from '../../errors.ts';
import type { FileBody, ImportOptions, ImportReport } from '../../resources/transfers.ts';
import { CliFailure } from '../failure.ts';

/** The most rows that one request may hold. */
export const MAX_ROWS = 1000;

/** Imports through the server's import route. Throws CliFailure where there is no such collection. */
export async function importInto(
  client: CmsClient,
  collection: string,
  file: FileBody,
  options: ImportOptions,
): Promise<ImportReport> {
  try {
    return await client.entries(collection).import(file, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    const message = `There is no collection "${collection}" on this server, or this key may not see it.`;
    throw new CliFailure(message, 2, { cause: error });
  }
}
