import type { AuditStatistics } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { type AuditFilter, momentOf, whereOf } from './where.ts';

const DAY_MS = 86_400_000;
/** Days that are counted where the request does not say. */
const DEFAULT_DAYS = 30;

const counts = (where: string) => `
  with counted as (
    select l.type, l.severity, l.outcome, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD') as day, count(*) as n
    from audit_log l where ${where} group by 1, 2, 3, 4)
  select 'type' as by, type as name, sum(n)::int as n from counted group by type
  union all select 'severity', severity, sum(n)::int from counted group by severity
  union all select 'outcome', outcome, sum(n)::int from counted group by outcome
  union all select 'day', day, sum(n)::int from counted group by day
  order by 1, 2`;

/** How many rows there are, by several measures, in one statement. */
export async function readStatistics(ctx: Ctx, filter: AuditFilter): Promise<AuditStatistics> {
  const to = filter.to_date ?? ctx.clock.now().toISOString();
  const from =
    filter.from_date ?? new Date(Date.parse(momentOf(to)) - DEFAULT_DAYS * DAY_MS).toISOString();
  const where = whereOf(ctx.project.id, { ...filter, from_date: from, to_date: to });
  const rows = await ctx.sql.rows<{ by: string; name: string; n: number }>(
    { text: counts(where.sql) },
    where.values,
  );
  const by = (what: string) =>
    Object.fromEntries(rows.filter((row) => row.by === what).map(({ name, n }) => [name, n]));
  return {
    total: rows.reduce((sum, { by: what, n }) => (what === 'severity' ? sum + n : sum), 0),
    by_type: by('type'),
    by_severity: by('severity'),
    by_outcome: by('outcome'),
    by_day: by('day'),
    from: new Date(momentOf(from)).toISOString(),
    to: new Date(momentOf(to)).toISOString(),
  };
}
