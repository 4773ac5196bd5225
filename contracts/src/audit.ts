import { z } from 'zod';
import {
  AuditOutcome,
  AuditPage,
  AuditRow,
  AuditSeverity,
  AuditStatistics,
  AuditVerification,
} from './audit-bodies.ts';
import { query } from './contract.ts';
import { paging } from './primitives.ts';

export * from './audit-bodies.ts';

const tag = 'Audit';
const audit = '/api/v1/audit';
const access = { permission: 'audit:read' } as const;

const text = (description: string, example?: string) =>
  z
    .string()
    .min(1)
    .max(200)
    .optional()
    .meta({ description, ...(example === undefined ? {} : { example }) });

const momentPattern = new RegExp(
  [z.regexes.date, z.regexes.datetime({ local: true, offset: true })]
    .map(({ source }) => source)
    .join('|'),
);

const moment = (description: string) =>
  z
    .string()
    .regex(momentPattern, { error: 'Use a date such as 2026-01-31, or a time in RFC 3339' })
    .optional()
    .meta({ description: `${description}: a date or a time, in UTC`, example: '2026-01-31' });

/** What rows may be asked for by (document S4). */
const filters = {
  event_type: text('Types, separated by commas; auth.* is all of a kind', 'auth.login'),
  severity: AuditSeverity.optional(),
  outcome: AuditOutcome.optional(),
  user_id: text('Id of the account or key that did it'),
  ip_address: text('Address that it came from', '203.0.113.7'),
  resource_type: text('Kind of what it happened to', 'entry'),
  resource_id: text('Id of what it happened to'),
  request_id: text('Id of the request'),
  from_date: moment('Not before'),
  to_date: moment('Not after; a date is meant whole'),
};

const list = {
  ...paging,
  ...filters,
  after_seq: z.int().min(0).max(1e15).optional().meta({
    description: 'Rows behind that place in the chain, oldest first: to follow or check it',
  }),
};

/** What happened in a project, who did it and from where (document S4, "Audit Logs API"). */
export const auditContracts = {
  list: query({
    method: 'GET',
    path: audit,
    tag,
    summary: 'List audit logs',
    description:
      'What happened in the project, newest first: changes of content, schema and access, sign-ins, refusals. Rows form a hash chain that cms audit verify checks.',
    access,
    input: z.strictObject(list),
    output: AuditPage,
    errors: [],
    status: 200,
    paged: true,
  }),
  security: query({
    method: 'GET',
    path: `${audit}/security`,
    tag,
    summary: 'Get security events',
    description:
      'The rows about who may do what: sign-ins, passwords, refusals, keys, users, teams, members, roles and projects; not those about content and schema.',
    access,
    input: z.strictObject(list),
    output: AuditPage,
    errors: [],
    status: 200,
    paged: true,
  }),
  statistics: query({
    method: 'GET',
    path: `${audit}/statistics`,
    tag,
    summary: 'Get audit statistics',
    description:
      'How many rows there are by type, severity, outcome and day: of 30 days, unless said.',
    access,
    input: z.strictObject(filters),
    output: AuditStatistics,
    errors: [],
    status: 200,
  }),
  verify: query({
    method: 'GET',
    path: `${audit}/verify`,
    tag,
    summary: 'Verify the audit log',
    description:
      'Recomputes the whole chain and says where it was changed, if it was. Whoever can change the whole database can make a new chain: compare the head with one that was kept elsewhere.',
    access,
    input: z.strictObject({}),
    output: AuditVerification,
    errors: [],
    status: 200,
  }),
  get: query({
    method: 'GET',
    path: `${audit}/{id}`,
    tag,
    summary: 'Get an audit log',
    description: 'One row by its id.',
    access,
    input: z.strictObject({
      id: z
        .string()
        .min(1)
        .max(100)
        .meta({ description: 'Id of the row', example: 'aud_01kaj5cz5rf4q9t2jw2hq5m8e3' }),
    }),
    output: AuditRow,
    errors: ['NOT_FOUND'],
    status: 200,
  }),
};
