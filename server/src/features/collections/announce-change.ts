import type { Ctx } from '../../content/context.ts';
import type { StoredCollection } from '../../content/schema/collection.ts';
import { schemaChannel } from '../../content/schema/schema-channel.ts';

const event = {
  text: `insert into events (project_id, type, collection_id, actor, at, request_id, ip_address, data)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`,
};
const notify = { text: 'select pg_notify($1, $2)' };

/** Writes a schema change to the log and tells every server, within the change's transaction. */
export async function announceChange(
  tx: Ctx,
  type: 'collection.created' | 'collection.updated' | 'collection.deleted',
  collectionId: string,
  change: { readonly before?: StoredCollection; readonly after?: StoredCollection },
): Promise<void> {
  const at = tx.clock.now().toISOString();
  await tx.sql.rows(event, [
    tx.project.id,
    type,
    collectionId,
    tx.principal.id,
    at,
    tx.requestId,
    tx.client.address,
    JSON.stringify({ before: shown(change.before), after: shown(change.after) }),
  ]);
  await tx.sql.rows(notify, [schemaChannel, tx.project.id]);
  tx.after(() => tx.schemas.forget(tx.project.id));
}

/** A definition as its history keeps it: without what only the storage knows. */
function shown(stored: StoredCollection | undefined) {
  if (!stored) return undefined;
  const { name, label, type, status, default_status, fields, options, rules, revision } = stored;
  return { name, label, type, status, default_status, fields, options, rules, revision };
}
