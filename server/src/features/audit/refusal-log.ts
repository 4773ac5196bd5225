import type { Refusal, Refusals } from '../../content/audit/refusals.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import type { NewId } from '../../platform/ids/ids.ts';
import type { Log } from '../../platform/log/log.ts';

const FLUSH_MS = 1000;
/** The same refusal again is counted for this long, then written once. */
const QUIET_MS = 60_000;
/** Different refusals that are told apart at a time; a flood of more is one. */
const MAX_KINDS = 1000;
/** Characters of an operation that are kept: of an unknown one it is a path. */
const MAX_OPERATION = 200;

interface Counted {
  readonly refusal: Refusal;
  at: Date;
  /** Since it was written last. */
  count: number;
  writtenAt: number | undefined;
}

const insert = prepared(
  `insert into audit_pending (project_id, id, at, type, severity, outcome, actor_id, actor_kind, ip_address, user_agent, request_id, details)
  select r->>'project_id', r->>'id', (r->>'at')::timestamptz, r->>'type', r->>'severity', 'denied', r->>'actor_id', r->>'actor_kind',
    r->>'ip_address', r->>'user_agent', r->>'request_id', r->'details'
  from jsonb_array_elements($1::jsonb) as r`,
);

const types: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'access.unauthorized',
  RATE_LIMITED: 'access.rate_limited',
};

/**
 * Writes refusals to the audit log, a second after the first of a kind and then once a minute with their
 * number: who is refused a thousand times a second does not fill the table. What was counted in the
 * last second is lost with the process.
 */
export class RefusalLog implements Refusals {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #newId: NewId;
  readonly #kinds = new Map<string, Counted>();
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(sql: Sql, clock: Clock, newId: NewId, log: Log) {
    this.#sql = sql;
    this.#clock = clock;
    this.#newId = newId;
    this.#timer = setInterval(() => {
      this.flush().catch((error: unknown) =>
        log.warn({ err: error }, 'Refusals could not be written to the audit log'),
      );
    }, FLUSH_MS);
    this.#timer.unref();
  }

  note(refusal: Refusal): void {
    const { projectId, code, operation, actorId, address } = refusal;
    const own = [projectId, code, operation, actorId ?? address].join(' ');
    const full = this.#kinds.size >= MAX_KINDS && !this.#kinds.has(own);
    const key = full ? `${projectId} others` : own;
    const known = this.#kinds.get(key);
    if (known) {
      known.count += 1;
      known.at = this.#clock.now();
      return;
    }
    const told = { ...refusal, operation: full ? 'many' : operation.slice(0, MAX_OPERATION) };
    this.#kinds.set(key, {
      refusal: told,
      at: this.#clock.now(),
      count: 1,
      writtenAt: undefined,
    });
  }

  /** Writes what is due, and waits for what is being written. */
  async flush(all = false): Promise<void> {
    const due = this.#takeDue(all);
    const rows = due.map((kind) => this.#rowOf(kind));
    for (const kind of due) Object.assign(kind, { count: 0, writtenAt: performance.now() });
    const before = this.#writing.catch(() => undefined);
    this.#writing = before.then(() =>
      rows.length > 0 ? this.#sql.rows(insert, [JSON.stringify(rows)]) : undefined,
    );
    await this.#writing;
  }

  #takeDue(all: boolean): Counted[] {
    const now = performance.now();
    const due: Counted[] = [];
    for (const [key, kind] of this.#kinds) {
      const quiet = kind.writtenAt !== undefined && now - kind.writtenAt < QUIET_MS;
      if (quiet && !all) continue;
      if (kind.count === 0) this.#kinds.delete(key);
      else due.push(kind);
    }
    return due;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush(true);
  }

  #rowOf({ refusal, at, count }: Counted): object {
    const { code, operation } = refusal;
    return {
      project_id: refusal.projectId,
      id: this.#newId('aud'),
      at: at.toISOString(),
      type: types[code] ?? 'access.forbidden',
      severity: 'warning',
      actor_id: refusal.actorId,
      actor_kind: refusal.actorKind,
      ip_address: refusal.address,
      user_agent: refusal.userAgent,
      request_id: refusal.requestId,
      details: { code, operation, count },
    };
  }
}
