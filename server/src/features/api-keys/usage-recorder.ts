import type { Call } from '../../content/caller.ts';
import type { Services } from '../../content/services.ts';
import { prepared } from '../../platform/db/sql.ts';

/** Milliseconds between two writes of what was collected. */
const FLUSH_MS = 1000;
/** Single uses that are written each time: of a busier second the rest is counted, but not told one by one. */
const MAX_WAITING = 500;
const MAX_AGENT = 300;

interface Use {
  readonly keyId: string;
  readonly at: string;
  readonly call: Call;
}

interface DayCount {
  readonly keyId: string;
  readonly day: string;
  requests: number;
  refused: number;
}

/** All of it in one statement: it is written whole, or it waits for the next time. */
const write = prepared(
  `with latest as (
    select * from unnest($1::text[], $2::timestamptz[], $3::text[]) as l(key_id, at, ip)
  ), seen as (
    update api_keys k set last_used_at = l.at, last_used_ip = l.ip from latest l
    where k.id = l.key_id and (k.last_used_at is null or k.last_used_at < l.at)
  ), counted as (
    insert into api_key_days as d (key_id, day, requests, refused)
    select c.key_id, c.day, c.requests, c.refused
    from unnest($4::text[], $5::date[], $6::bigint[], $7::bigint[]) as c(key_id, day, requests, refused)
    join api_keys k on k.id = c.key_id order by c.key_id, c.day
    on conflict (key_id, day) do update
    set requests = d.requests + excluded.requests, refused = d.refused + excluded.refused
  )
  insert into api_key_uses (key_id, at, operation, status, ip_address, user_agent, request_id)
  select u.key_id, u.at, u.operation, u.status, u.ip, u.agent, u.request_id
  from unnest($8::text[], $9::timestamptz[], $10::text[], $11::int[], $12::text[], $13::text[], $14::text[])
    with ordinality as u(key_id, at, operation, status, ip, agent, request_id, position)
  join api_keys k on k.id = u.key_id order by u.position`,
);

/** Collects the uses of keys and writes them every second: a request waits for none of it. */
export class UsageRecorder {
  readonly #services: Services;
  readonly #timer: NodeJS.Timeout;
  #uses: Use[] = [];
  #days = new Map<string, DayCount>();
  #writing: Promise<void> = Promise.resolve();

  constructor(services: Services) {
    this.#services = services;
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  record(keyId: string, call: Call): void {
    const at = this.#services.clock.now().toISOString();
    const day = at.slice(0, 10);
    const count = this.#dayOf(keyId, day);
    if (call.admitted) count.requests += 1;
    else count.refused += 1;
    if (this.#uses.length < MAX_WAITING) this.#uses.push({ keyId, at, call });
  }

  /** Writes what was collected, after what is being written. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Writes the rest and ends. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  #dayOf(keyId: string, day: string): DayCount {
    const known = this.#days.get(`${keyId} ${day}`);
    if (known) return known;
    const count = { keyId, day, requests: 0, refused: 0 };
    this.#days.set(`${keyId} ${day}`, count);
    return count;
  }

  async #write(): Promise<void> {
    if (this.#days.size === 0) return;
    const [uses, days] = [this.#uses, [...this.#days.values()]];
    [this.#uses, this.#days] = [[], new Map()];
    try {
      await this.#services.database.sql.rows(write, columnsOf(uses, days));
    } catch (error) {
      this.#services.log.warn({ err: error }, 'Uses of keys are written later');
      this.#uses = [...uses, ...this.#uses].slice(0, MAX_WAITING);
      for (const { keyId, day, requests, refused } of days) {
        const count = this.#dayOf(keyId, day);
        count.requests += requests;
        count.refused += refused;
      }
    }
  }
}

/** The statement's parameters, one array a column. */
function columnsOf(uses: readonly Use[], days: readonly DayCount[]): unknown[][] {
  const latest = [...new Map(uses.map((use) => [use.keyId, use])).values()];
  return [
    latest.map(({ keyId }) => keyId),
    latest.map(({ at }) => at),
    latest.map(({ call }) => call.client.address),
    days.map(({ keyId }) => keyId),
    days.map(({ day }) => day),
    days.map(({ requests }) => requests),
    days.map(({ refused }) => refused),
    uses.map(({ keyId }) => keyId),
    uses.map(({ at }) => at),
    uses.map(({ call }) => call.operation),
    uses.map(({ call }) => call.status),
    uses.map(({ call }) => call.client.address),
    uses.map(({ call }) => call.client.userAgent?.slice(0, MAX_AGENT) ?? null),
    uses.map(({ call }) => call.requestId),
  ];
}
