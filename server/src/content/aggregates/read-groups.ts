import { type DateBucket, dateBuckets } from '@cms/contracts';
import { type Fragment, type Scope, sql } from '../expressions/index.ts';
import { badAggregate } from './bad-aggregate.ts';
import { type Measured, namesOf, readColumn } from './read-column.ts';

/** What entries are grouped by. */
export interface GroupKey {
  /** The field as the reply calls it. */
  readonly name: string;
  readonly value: Fragment;
}

const MAX_KEYS = 5;

/** Reads `group_by=status,created_at:month`. Throws INVALID_INPUT for what is unknown or no time. */
export function readGroups(
  scope: Scope,
  groupBy: string | readonly string[] | undefined,
): readonly GroupKey[] {
  const keys = namesOf(groupBy).map((text) => readKey(scope, text));
  if (keys.length > MAX_KEYS)
    throw badAggregate('group_by', `Group by at most ${MAX_KEYS} fields.`);
  const twice = keys.find(({ name }, at) => keys.findIndex((key) => key.name === name) !== at);
  if (twice) throw badAggregate('group_by', `"${twice.name}" is grouped by twice.`);
  return keys;
}

function readKey(scope: Scope, text: string): GroupKey {
  const [name = '', ...rest] = text.split(':');
  const bucket = rest.length === 0 ? undefined : rest.join(':');
  const column = readColumn(scope, name, 'group_by');
  if (bucket === undefined) return { name, value: shown(column) };
  if (!isBucket(bucket))
    throw badAggregate(
      'group_by',
      `There is no "${bucket.slice(0, 100)}" to group times by; there is ${dateBuckets.join(', ')}.`,
    );
  return { name, value: bucketOf(column, name, bucket) };
}

const isBucket = (text: string): text is DateBucket =>
  (dateBuckets as readonly string[]).includes(text);

/** The first day of the period that a time is in, or its hour, as text. */
function bucketOf({ kind, value }: Measured, name: string, bucket: DateBucket): Fragment {
  const format = bucket === 'hour' ? 'YYYY-MM-DD"T"HH24:MI:SS"Z"' : 'YYYY-MM-DD';
  const start = (time: Fragment) => sql`to_char(date_trunc('${bucket}', ${time}), '${format}')`;
  if (kind === 'moment') return start(sql`${value} at time zone 'UTC'`);
  // Both are stored as texts in UTC that begin with the day.
  if (kind === 'datetime') return start(sql`left(${value}, 19)::timestamp`);
  if (kind === 'date' && bucket !== 'hour') return start(sql`${value}::timestamp`);
  const held = kind === 'date' ? 'days alone' : 'neither dates nor times';
  throw badAggregate('group_by', `"${name}" holds ${held}: it has no ${bucket}.`);
}

/** A value as replies show it: moments as RFC 3339 in UTC. */
export const shown = ({ kind, value }: Measured): Fragment =>
  kind === 'moment'
    ? sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : value;
