import { setTimeout as delay } from 'node:timers/promises';
import { Leadership } from '../../../platform/db/leadership.ts';
import { prepared } from '../../../platform/db/sql.ts';
import { feedProject } from './feed-project.ts';
import type { FeedTools } from './feed-tools.ts';

/** Held by the server that feeds; any number that no other lock of the product has. */
const LOCK = 7_316_482;
/** How long a change may wait to be looked for. */
const POLL_MS = 500;
/** After a failure the next attempt waits, twice as long each time. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** How often all indexes are looked for: somebody may have deleted one. */
const LOOK_MS = 60_000;

/** What has changed, is being built, or is left over. */
const waiting = prepared(`
  select p.id from projects p left join search_feeds f on f.project_id = p.id
  where p.deleted_at is null and (f.project_id is null or exists (
    select 1 from events e where e.project_id = p.id and (e.xid, e.id) > (f.event_xid, f.event_id)
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())))
  union select project_id from search_indexes where state <> 'live'
  union select project_id from search_indexes i
    where not exists (select 1 from collections c where c.id = i.collection_id)`);
const all = prepared('select id from projects where deleted_at is null');

/**
 * Takes every change to Meilisearch, in the order of the log of changes, by one server at a time. What
 * Meilisearch does not take waits in the log: nothing is lost while it is away.
 */
export class SearchFeed {
  readonly #tools: FeedTools;
  readonly #leadership: Leadership;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #poked = false;
  #pause = 0;
  #lookedAt = -Infinity;

  constructor(url: string, tools: FeedTools) {
    this.#tools = tools;
    this.#leadership = new Leadership(url, LOCK);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Looks for changes at once. */
  poke(): void {
    this.#poked = true;
    if (this.#pause === 0) this.#wake.abort();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake.abort();
    await this.#running;
    await this.#leadership.close();
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const more = await this.#attempt();
      if (!more) await this.#rest(this.#pause || POLL_MS);
    }
  }

  /** One round; a failure is told once, and once that it is over. */
  async #attempt(): Promise<boolean> {
    const { log } = this.#tools;
    try {
      const more = await this.#round();
      if (this.#pause > 0) log.info('Meilisearch takes changes again');
      this.#pause = 0;
      return more;
    } catch (error) {
      if (this.#stop.signal.aborted) return false;
      if (this.#pause === 0)
        log.warn({ err: error }, 'Meilisearch does not take changes; they wait in the log');
      this.#pause = Math.min(this.#pause * 2 || FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
      return false;
    }
  }

  async #round(): Promise<boolean> {
    if (!this.#leadership.leads) {
      if (!(await this.#leadership.claim())) return false;
      this.#lookedAt = -Infinity;
    }
    const look = performance.now() - this.#lookedAt > LOOK_MS;
    const projects = await this.#tools.sql.rows<{ id: string }>(waiting, []);
    const others = look ? await this.#tools.sql.rows<{ id: string }>(all, []) : [];
    let more = false;
    for (const id of new Set([...projects, ...others].map((project) => project.id))) {
      if (this.#stop.signal.aborted || !this.#leadership.leads) return false;
      more = (await feedProject(this.#tools, id, look)) || more;
    }
    if (look) this.#lookedAt = performance.now();
    return more;
  }

  async #rest(ms: number): Promise<void> {
    const isAsked = this.#poked && this.#pause === 0;
    this.#poked = false;
    if (isAsked || this.#stop.signal.aborted) return;
    this.#wake = new AbortController();
    await delay(ms, undefined, { signal: this.#wake.signal, ref: false }).catch(() => undefined);
  }
}
