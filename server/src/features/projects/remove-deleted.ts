import type { Services } from '../../content/services.ts';
import type { ProjectOptions } from './project-options.ts';
import { removeProject } from './remove-project.ts';
import { restorableSince } from './restorable-since.ts';

const HOUR_MS = 3_600_000;

const find = { text: 'select id from projects where deleted_at <= $1 order by deleted_at' };

/** Removes every project whose grace period is over, once; `stopped` ends it between two steps. */
export async function removeDeleted(
  { database, clock, log }: Services,
  { graceDays }: ProjectOptions,
  stopped: () => boolean = () => false,
): Promise<void> {
  const deletedBefore = restorableSince(clock, graceDays);
  for (const { id } of await database.sql.rows<{ id: string }>(find, [deletedBefore]))
    if (await removeProject(database, id, deletedBefore, stopped))
      log.info({ project: id }, 'A deleted project was removed');
}

/**
 * Removes what can no longer be restored, now and every hour; returns what stops that, which settles
 * when the step that is running has ended.
 */
export function removeDeletedProjects(
  services: Services,
  options: ProjectOptions,
): () => Promise<void> {
  let stopping = false;
  let running = Promise.resolve();
  const sweep = (): void => {
    running = running
      .then(() => removeDeleted(services, options, () => stopping))
      .catch((error: unknown) =>
        services.log.warn({ err: error }, 'Deleted projects could not be removed'),
      );
  };
  sweep();
  const timer = setInterval(sweep, HOUR_MS);
  timer.unref();
  return async () => {
    stopping = true;
    clearInterval(timer);
    await running;
  };
}
