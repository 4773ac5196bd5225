import type { Project, Tx } from '../../content/context.ts';

/**
 * The same transaction for another project: what is found and written belongs to that one. The
 * filter by project is the entity manager's, so it gets one of its own.
 */
export function inProject(tx: Tx, project: Project): Tx {
  const em = tx.em.fork({ keepTransactionContext: true });
  em.setFilterParams('project', { project: project.id });
  return { ...tx, em, project };
}
