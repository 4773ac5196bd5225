import { prepared, type Sql } from '../../platform/db/sql.ts';
import type { KeyLimits } from './api-key.entity.ts';

const names = ['per_minute', 'per_hour', 'per_day', 'total'] as const;
type WindowName = (typeof names)[number];

/** Seconds of the windows; `total` is one that never ends. */
const seconds: Readonly<Record<WindowName, number | null>> = {
  per_minute: 60,
  per_hour: 3600,
  per_day: 86_400,
  total: null,
};

/** A limit of a key at a moment. */
export interface LimitWindow {
  readonly name: WindowName;
  readonly limit: number;
  /** Seconds that it is long; null for one that never ends. */
  readonly length: number | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** The windows that run at a moment. They begin with each minute, hour and day in UTC. */
export const windowsOf = (limits: KeyLimits, now: Date): LimitWindow[] =>
  names.flatMap((name) => {
    const [limit, length] = [limits[name], seconds[name]];
    if (limit === undefined) return [];
    const startedAt = length === null ? 0 : now.getTime() - (now.getTime() % (length * 1000));
    return [{ name, limit, length, startedAt }];
  });

const prepare = prepared(
  `insert into api_key_windows (key_id, name, started_at, used)
  select $1, name, 'epoch', 0 from unnest($2::text[]) as name on conflict do nothing`,
);

/** Makes the rows that limits are counted in, so that there is always one to lock. */
export async function prepareWindows(sql: Sql, keyId: string, limits: KeyLimits): Promise<void> {
  const wanted = Object.keys(limits);
  if (wanted.length > 0) await sql.rows(prepare, [keyId, wanted]);
}

/**
 * Counts a use in all windows of a key or, where one of them is full, in none. The rows are locked
 * first, so that many at once, on many servers, pass no more often than the limits say.
 */
const count = prepared(
  `with wanted as (
    select name, started_at, max from unnest($2::text[], $3::timestamptz[], $4::bigint[]) as w(name, started_at, max)
  ), held as (
    select name, started_at, used from api_key_windows
    where key_id = $1 and name = any($2::text[]) order by name for update
  ), state as (
    select w.name, greatest(w.started_at, h.started_at) as started_at, w.max,
      case when h.started_at >= w.started_at then h.used else 0 end as used
    from wanted w join held h using (name)
  ), verdict as (
    select bool_and(used < max) as open from state
  ), counted as (
    update api_key_windows t set used = s.used + 1, started_at = s.started_at
    from state s, verdict v where v.open and t.key_id = $1 and t.name = s.name
  )
  select s.name, s.used::float8 as used, v.open from state s, verdict v`,
);

/** What there was of a window before this use. */
export interface Counted extends LimitWindow {
  readonly used: number;
}

/** Counts a use. `open` is false where it was refused, and then nothing is counted. */
export async function countUse(
  sql: Sql,
  keyId: string,
  windows: readonly LimitWindow[],
): Promise<{ readonly open: boolean; readonly windows: readonly Counted[] }> {
  const rows = await sql.rows<{ name: WindowName; used: number; open: boolean }>(count, [
    keyId,
    windows.map(({ name }) => name),
    windows.map(({ startedAt }) => new Date(startedAt).toISOString()),
    windows.map(({ limit }) => limit),
  ]);
  const used = new Map(rows.map((row) => [row.name, row.used]));
  return {
    open: rows[0]?.open ?? true,
    windows: windows.map((window) => ({ ...window, used: used.get(window.name) ?? 0 })),
  };
}

const read = prepared(
  'select name, started_at, used::float8 as used from api_key_windows where key_id = $1',
);

/** How much of a key's limits is used up now. */
export async function readWindows(
  sql: Sql,
  keyId: string,
  windows: readonly LimitWindow[],
): Promise<Counted[]> {
  const rows = await sql.rows<{ name: string; started_at: string; used: number }>(read, [keyId]);
  return windows.map((window) => {
    const row = rows.find(({ name }) => name === window.name);
    const runs = row !== undefined && Date.parse(row.started_at) >= window.startedAt;
    return { ...window, used: runs ? row.used : 0 };
  });
}
