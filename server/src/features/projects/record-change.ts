import type { Ctx } from '../../content/context.ts';
import { type AuditRecord, recordAudit } from '../../content/audit/record-audit.ts';
import { schemaChannel } from '../../content/schema/schema-channel.ts';
import { announceProject } from './announce-project.ts';
import { toProject } from './project.mapper.ts';
import type { ProjectRecord } from './project.repository.ts';

const event = {
  text: 'insert into events (project_id, type, actor, at) values ($1, $2, $3, $4)',
};
const notify = { text: 'select pg_notify($1, $2)' };

/**
 * Writes what happened to a project to its log and its audit log, and tells every server, all within
 * the change's transaction.
 */
export async function recordChange(
  tx: Ctx,
  what: 'created' | 'updated' | 'deleted' | 'restored',
  change: { readonly before?: ProjectRecord; readonly after?: ProjectRecord },
): Promise<void> {
  const { id } = (change.after ?? change.before) as ProjectRecord;
  const type = `project.${what}`;
  await tx.sql.rows(event, [id, type, tx.principal.id, tx.clock.now().toISOString()]);
  const record: AuditRecord = {
    type,
    ...(what === 'deleted' ? { severity: 'warning' } : {}),
    resource: { type: 'project', id },
    before: change.before && toProject(change.before),
    after: change.after && toProject(change.after),
  };
  await recordAudit(tx, { ...record, projectId: id });
  // Its own log goes with it one day.
  const home = await tx.projects.find(undefined);
  if (what === 'deleted' && home) await recordAudit(tx, { ...record, projectId: home.id });
  await announceProject(tx, id);
  if (what === 'updated') return;
  // Its collections come or go with it.
  await tx.sql.rows(notify, [schemaChannel, id]);
  tx.after(() => tx.schemas.forget(id));
}
