import type { Ctx } from '../../content/context.ts';
import { schemaChannel } from '../../content/schema/schema-channel.ts';

const event = {
  text: `insert into events (project_id, type, collection_id, actor, at) values ($1, $2, $3, $4, $5)`,
};
const notify = { text: 'select pg_notify($1, $2)' };

/** Writes a schema change to the log and tells every server, within the change's transaction. */
export async function announceChange(
  tx: Ctx,
  type: 'collection.created' | 'collection.updated' | 'collection.deleted',
  collectionId: string,
): Promise<void> {
  const at = tx.clock.now().toISOString();
  await tx.sql.rows(event, [tx.project.id, type, collectionId, tx.principal.id, at]);
  await tx.sql.rows(notify, [schemaChannel, tx.project.id]);
  tx.after(() => tx.schemas.forget(tx.project.id));
}
