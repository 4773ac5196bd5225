import type { contracts } from '@cms/contracts';
import type { z } from 'zod';

export type AuditFilter = Omit<
  z.output<typeof contracts.audit.statistics.input>,
  'from_date' | 'to_date'
> & {
  readonly from_date?: string | undefined;
  readonly to_date?: string | undefined;
  readonly after_seq?: number | undefined;
};

/** A condition on audit_log with its values; the project is the first of them. */
export interface Where {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const columns = {
  severity: 'severity',
  outcome: 'outcome',
  user_id: 'actor_id',
  ip_address: 'ip_address',
  resource_type: 'resource_type',
  resource_id: 'resource_id',
  request_id: 'request_id',
} as const;

/** Types of rows about who may do what. */
const securityTypes = [
  'auth',
  'access',
  'api_key',
  'user',
  'team',
  'member',
  'role',
  'invitation',
  'project',
];

/** Compiles the filters of a request; `security` leaves content and schema out. */
export function whereOf(projectId: string, filter: AuditFilter, security = false): Where {
  const values: unknown[] = [projectId];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const terms = ['l.project_id = $1'];
  for (const [key, column] of Object.entries(columns)) {
    const value = filter[key as keyof typeof columns];
    if (value !== undefined) terms.push(`l.${column} = ${parameter(value)}`);
  }
  if (filter.event_type !== undefined) terms.push(typeIs(filter.event_type, parameter));
  if (security) terms.push(`split_part(l.type, '.', 1) = any(${parameter(securityTypes)}::text[])`);
  if (filter.from_date !== undefined)
    terms.push(`l.at >= ${parameter(momentOf(filter.from_date))}::timestamptz`);
  if (filter.to_date !== undefined) {
    const end = isDay(filter.to_date)
      ? `< ${parameter(momentOf(filter.to_date))}::timestamptz + interval '1 day'`
      : `<= ${parameter(momentOf(filter.to_date))}::timestamptz`;
    terms.push(`l.at ${end}`);
  }
  if (filter.after_seq !== undefined) terms.push(`l.seq > ${parameter(filter.after_seq)}`);
  return { sql: terms.join(' and '), values };
}

/** `auth.login,api_key.*`: any of them. */
function typeIs(list: string, parameter: (value: unknown) => string): string {
  const asked = list.split(',').map((type) => type.trim());
  const exact = asked.filter((type) => !type.endsWith('*'));
  const kinds = asked.filter((type) => type.endsWith('*')).map((type) => type.slice(0, -1));
  return `(l.type = any(${parameter(exact)}::text[])
    or exists (select 1 from unnest(${parameter(kinds)}::text[]) as kind where starts_with(l.type, kind)))`;
}

const isDay = (text: string): boolean => text.length === 10;

/** The first and the last moment that four digits of a year can say, and PostgreSQL too, which has no year 0. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** A date is its beginning; a time without a zone is UTC. In UTC: PostgreSQL knows fewer zones than there are hours. */
export const momentOf = (text: string): string => {
  const zoned = isDay(text) || /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const moment = Math.min(Math.max(Date.parse(zoned), EARLIEST), LATEST);
  return new Date(moment).toISOString();
};
