import type { CmsClient } from '../../client.ts';
import { ApiError } from '../../errors.ts';
import { CliFailure } from '../failure.ts';
import { type KeyMap, mapKeys } from './map-keys.ts';
import type { Sending } from './send-batch.ts';

/** The most entries that one request may hold. */
export const MAX_BULK_ENTRIES = 1000;

/** Creates items through the server's bulk route; lines may be bare fields or hold them in `data`. */
export const sendEntries =
  (client: CmsClient, collection: string, map: KeyMap): Sending['create'] =>
  async (items, idempotencyKey) => {
    const entries = items.flatMap(({ entry }) => (entry ? [mapKeys(entry, map)] : []));
    try {
      await client.raw.POST('/api/v1/collections/{collection}/entries/bulk', {
        params: { path: { collection } },
        body: { entries },
        headers: { 'Idempotency-Key': idempotencyKey },
        // The reply holds all that was sent; that it came is enough.
        parseAs: 'text',
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      const message = `There is no collection "${collection}" on this server, or this key may not see it.`;
      throw new CliFailure(message, 2, { cause: error });
    }
  };
