import { setTimeout as delay } from 'node:timers/promises';
import type { Services } from '../../content/services.ts';
import { type Pool, withTransaction } from '../../platform/db/pool.ts';
import type { RefusalLog } from './refusal-log.ts';
import { SEAL_BATCH, sealBatch } from './seal-project.ts';

/** How long a reader waits for transactions that are under way, and how often it looks. */
const LONGEST_WAIT_MS = 1000;
const WAIT_MS = 10;
/** How long what happened may wait to be sealed while nobody asks for it. */
const SEAL_MS = 2000;

const behind = `
  select p.id from projects p left join audit_heads h on h.project_id = p.id
  where p.deleted_at is null and (exists (select 1 from audit_pending a where a.project_id = p.id)
    or exists (select 1 from events e where e.project_id = p.id
      and (e.xid, e.id) > (coalesce(h.event_xid, '0'), coalesce(h.event_id, 0))))`;

/** Takes what happened into the projects' chains: in the background, and before somebody reads one. */
export class Sealer {
  readonly #pool: Pool;
  readonly #services: Services;
  readonly #refusals: RefusalLog;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(pool: Pool, services: Services, refusals: RefusalLog) {
    this.#pool = pool;
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

  /**
   * Seals all that was committed in a project until now, refusals of this process among it. What a
   * transaction that does not end holds back comes later.
   */
  async seal(projectId: string): Promise<void> {
    await this.#refusals.flush();
    await this.#untilNoneRuns();
    await this.#sealAll(projectId, true);
  }

  /** Waits for the transactions that run now: what was committed behind their backs is sealed after them. */
  async #untilNoneRuns(): Promise<void> {
    const begun = performance.now();
    const { rows } = await this.#pool.query<{ end: string }>(
      'select pg_snapshot_xmax(pg_current_snapshot())::text as end',
    );
    const ended = 'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as ended';
    while (performance.now() - begun < LONGEST_WAIT_MS) {
      const reply = await this.#pool.query<{ ended: boolean }>(ended, [rows[0]?.end]);
      if (reply.rows[0]?.ended) return;
      await delay(WAIT_MS);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
    await this.#refusals.close();
  }

  async #round(): Promise<void> {
    const projects = await this.#pool.query<{ id: string }>(behind);
    for (const { id } of projects.rows) await this.#sealAll(id, false);
  }

  /** Batch by batch, each in a transaction of its own: a killed server leaves none half sealed. */
  async #sealAll(projectId: string, wait: boolean): Promise<void> {
    const { newId } = this.#services;
    const options = { projectId, wait, newId: () => newId('aud') };
    for (;;) {
      const sealed = await withTransaction(this.#pool, (sql) => sealBatch(sql, options));
      if (sealed < SEAL_BATCH) return;
    }
  }
}
