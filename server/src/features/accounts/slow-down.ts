import { createHash } from 'node:crypto';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { networkOf } from './network-of.ts';

/** Something that is slowed down: after `free` failures each further one doubles the wait. */
export interface Slowed {
  readonly key: string;
  readonly free: number;
  readonly longestSeconds: number;
}

/** Failures are forgotten when this long nothing was tried. */
const MEMORY_MS = 3_600_000;

/** What was tried is counted before it is tried: many at once do not slip through together. */
const count = prepared(
  `insert into auth_attempts as a (key, failures, blocked_until, updated_at) values ($1, 1, null, $2)
  on conflict (key) do update set
    failures = case when a.updated_at < $3 then 1 else a.failures + 1 end,
    blocked_until = case when a.updated_at < $3 or a.failures < $4 then null
      else $2::timestamptz + make_interval(secs => least($5::float8, power(2, least(a.failures + 1 - $4, 30)))) end,
    updated_at = $2
  where a.blocked_until is null or a.blocked_until <= $2
  returning failures`,
);
const blockedUntil = prepared('select blocked_until from auth_attempts where key = $1');
const forgive = prepared(
  'update auth_attempts set failures = greatest(failures - 1, 0) where key = $1',
);
const forget = prepared('delete from auth_attempts where key = $1');

const accountKey = (email: string): string =>
  createHash('sha256').update(email.toLowerCase()).digest('hex');

/** Guesses at one account's password; the longest wait is short, for its owner meets it too. */
export const byAccount = (email: string): Slowed => ({
  key: `account:${accountKey(email)}`,
  free: 10,
  longestSeconds: 60,
});

/** Guesses from one network. */
export const byAddress = ({ client }: Ctx): Slowed => ({
  key: `address:${networkOf(client.address)}`,
  free: 30,
  longestSeconds: 900,
});

/** Mails to one address. */
export const byMails = (email: string): Slowed => ({
  key: `mails:${accountKey(email)}`,
  free: 3,
  longestSeconds: 900,
});

/** Registrations and requests for mail from one network; they count though nothing failed. */
export const byRequests = ({ client }: Ctx): Slowed => ({
  key: `requests:${networkOf(client.address)}`,
  free: 60,
  longestSeconds: 300,
});

/** Counts a try as failed until it is forgiven. Throws RATE_LIMITED where it comes too early. */
export async function slowDown({ database, clock }: Ctx, slowed: readonly Slowed[]): Promise<void> {
  const now = clock.now();
  for (const { key, free, longestSeconds } of slowed) {
    const values = [key, now.toISOString(), new Date(now.getTime() - MEMORY_MS).toISOString()];
    const counted = await database.apart.rows(count, [...values, free, longestSeconds]);
    if (counted.length > 0) continue;
    const [row] = await database.apart.rows<{ blocked_until: string | null }>(blockedUntil, [key]);
    const left = row?.blocked_until ? Date.parse(row.blocked_until) - now.getTime() : 0;
    throw new AppError('RATE_LIMITED', undefined, {
      headers: { 'Retry-After': String(Math.max(1, Math.ceil(left / 1000))) },
    });
  }
}

/** A try went well: the account starts afresh, the network gets this one back. */
export async function forgiveTry(ctx: Ctx, email: string): Promise<void> {
  await ctx.database.apart.rows(forget, [byAccount(email).key]);
  await ctx.database.apart.rows(forgive, [byAddress(ctx).key]);
}
