import type { Services } from '../../content/services.ts';
import { type EntityManager, sqlOf } from '../../platform/db/database.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { RefusalLog } from './refusal-log.ts';
import { SEAL_BATCH, sealBatch } from './seal-project.ts';

/** How long what happened may wait to be sealed while nobody asks for it. */
const SEAL_MS = 2000;

const behind = prepared(`
  select p.id from projects p left join audit_heads h on h.project_id = p.id
  where exists (select 1 from audit_pending a where a.project_id = p.id)
    or exists (select 1 from events e where e.project_id = p.id
      and (e.xid, e.id) > (coalesce(h.event_xid, '0'), coalesce(h.event_id, 0)))`);

/** Takes what happened into the projects' chains: in the background, and before somebody reads one. */
export class Sealer {
  readonly #services: Services;
  readonly #refusals: RefusalLog;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(services: Services, refusals: RefusalLog) {
    this.#services = services;
    this.#refusals = refusals;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#round()
        .catch((error: unknown) =>
          this.#services.log.warn({ err: error }, 'The audit log could not be sealed'),
        )
        .finally(() => {
          if (this.#timer) this.start();
        });
    }, SEAL_MS);
    this.#timer.unref();
  }

  /** Seals all that was committed in a project until now, refusals of this process among it. */
  async seal(projectId: string): Promise<void> {
    await this.#refusals.flush();
    await this.#sealAll(projectId, true);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
    await this.#refusals.close();
  }

  async #round(): Promise<void> {
    const projects = await this.#services.database.sql.rows<{ id: string }>(behind, []);
    for (const { id } of projects) await this.#sealAll(id, false);
  }

  /** Batch by batch, each in a transaction of its own: a killed server leaves none half sealed. */
  async #sealAll(projectId: string, wait: boolean): Promise<void> {
    const { database, newId } = this.#services;
    const options = { projectId, wait, newId: () => newId('aud') };
    for (;;) {
      const sealed = await database
        .fork()
        .transactional((em) => sealBatch(sqlOf(em as EntityManager), options));
      if (sealed < SEAL_BATCH) return;
    }
  }
}
