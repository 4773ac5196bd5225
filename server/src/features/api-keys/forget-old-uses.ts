import type { Services } from '../../content/services.ts';

const HOUR_MS = 3_600_000;
/** Single uses that are kept of each key. */
export const KEPT_USES = 1000;

const forget = {
  text: `delete from api_key_uses u using api_keys k, lateral (
      select id from api_key_uses where key_id = k.id order by id desc offset ${KEPT_USES} limit 1
    ) as last
    where u.key_id = k.id and u.id <= last.id`,
};

/** Deletes all but the latest uses of every key, once. */
export const deleteOldUses = async ({ database }: Services): Promise<void> => {
  await database.sql.rows(forget, []);
};

/** The same every hour; returns what stops that. */
export function forgetOldUses(services: Services): () => void {
  const timer = setInterval(() => {
    deleteOldUses(services).catch((error: unknown) =>
      services.log.warn({ err: error }, 'Old uses of keys could not be deleted'),
    );
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
