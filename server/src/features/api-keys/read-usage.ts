import type { contracts, KeyUse } from '@cms/contracts';
import type { z } from 'zod';
import type { Ctx } from '../../content/context.ts';
import { envelope, pageHead, pageOfInput } from '../../content/entries/page.ts';
import { isoTime } from '../../content/entries/row.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { RawJson } from '../../platform/json/raw-json.ts';
import { findKey } from './find-key.ts';
import { readWindows, windowsOf } from './key-windows.ts';

const DEFAULT_PAGE_SIZE = 30;
const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;
const DAY_MS = 86_400_000;

const within = `from api_key_uses where key_id = $1 and at >= $2::date and at < $3::date + 1`;

/** All of it in one statement: the days and the single uses are of the same moment. */
const read = prepared(
  `select
    (select coalesce(jsonb_agg(d), '[]') from (
      select day, requests, refused from api_key_days where key_id = $1 and day between $2::date and $3::date
    ) as d) as days,
    (select count(*)::int ${within}) as total,
    (select coalesce(jsonb_agg(u), '[]') from (
      select at::text, operation, status, ip_address, user_agent, request_id ${within} order by id desc limit $4 offset $5
    ) as u) as uses`,
);

interface Row {
  readonly days: DayRow[];
  readonly total: number;
  readonly uses: KeyUse[];
}

interface DayRow {
  readonly day: string;
  readonly requests: number;
  readonly refused: number;
}

/** A key's uses by day and one by one. Throws NOT_FOUND; INVALID_INPUT for days that are no range. */
export async function readUsage(ctx: Ctx, input: z.output<typeof contracts.apiKeys.usage.input>) {
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  const now = ctx.clock.now();
  const span = spanOf(input, now);
  const { id, limits } = await findKey(ctx, input.id);
  const values = [id, span.from, span.to, page.limit, page.offset];
  const [row] = await ctx.sql.rows<Row>(read, values);
  const { total, uses, ...counted } = row as Row;
  const days = daysOf(span, counted.days);
  const windows = await readWindows(ctx.sql, id, windowsOf(limits, now));
  const sum = (of: 'requests' | 'refused') => days.reduce((total, day) => total + day[of], 0);
  const reply = {
    items: uses.map((each) => ({ ...each, at: isoTime(each.at) })),
    ...envelope(page, total),
    ...span,
    totals: { requests: sum('requests'), refused: sum('refused') },
    days,
    limits: windows.map(({ name, limit, used }) => ({ name, limit, used })),
  };
  const more = page.offset + uses.length < total;
  return new RawJson<typeof reply>(JSON.stringify(reply), pageHead(page, { total, more }));
}

interface Span {
  readonly from: string;
  readonly to: string;
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The days that are asked about. */
function spanOf(input: { from?: string | undefined; to?: string | undefined }, now: Date): Span {
  const to = input.to ?? now.toISOString().slice(0, 10);
  const from = input.from ?? dayAfter(to, 1 - DEFAULT_DAYS);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days >= 1 && days <= MAX_DAYS) return { from, to };
  const message = `"from" is at most ${MAX_DAYS - 1} days before "to", and not after it.`;
  throw new AppError('INVALID_INPUT', message, {
    details: [{ field: 'from', message, code: 'range' }],
  });
}

/** Every day of the span, those without a use as well. */
function daysOf({ from, to }: Span, rows: readonly DayRow[]): DayRow[] {
  const known = new Map(rows.map((row) => [row.day, row]));
  const days: DayRow[] = [];
  for (let day = from; day <= to; day = dayAfter(day, 1))
    days.push(known.get(day) ?? { day, requests: 0, refused: 0 });
  return days;
}
