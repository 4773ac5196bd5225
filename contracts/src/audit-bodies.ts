import { z } from 'zod';
import { pageOf, Timestamp, typeId } from './primitives.ts';

export const auditSeverities = ['info', 'warning', 'critical'] as const;
export const AuditSeverity = z.enum(auditSeverities);
export type AuditSeverity = z.infer<typeof AuditSeverity>;

export const auditOutcomes = ['success', 'failure', 'denied'] as const;
export const AuditOutcome = z.enum(auditOutcomes);
export type AuditOutcome = z.infer<typeof AuditOutcome>;

const state = z.record(z.string(), z.unknown()).nullable();

/** A row of the audit log (document S4, "Audit Logs API"). */
export const AuditRow = z
  .object({
    id: typeId('aud'),
    seq: z.int().meta({ description: 'Place in the chain of the project, from 1, without gaps' }),
    project_id: z.string(),
    event_type: z.string().meta({ description: 'What happened', example: 'entry.updated' }),
    severity: AuditSeverity,
    outcome: AuditOutcome,
    user_id: z.string().nullable().meta({ description: 'Id of the account or key that did it' }),
    actor: z
      .object({
        kind: z.string().meta({ description: 'user, key, root, anonymous' }),
        email: z.string().nullable().meta({ description: 'Of an account that is still there' }),
      })
      .meta({ description: 'More of who did it' }),
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string().nullable(),
    resource: z
      .object({ type: z.string(), id: z.string() })
      .nullable()
      .meta({ description: 'What it happened to' }),
    before: state.meta({ description: 'The changed values as they were, secrets masked' }),
    after: state.meta({ description: 'The changed values as they became, secrets masked' }),
    details: state,
    created: Timestamp,
    hash: z.string().meta({ description: 'SHA-256 over this row and the hash of the one before' }),
  })
  .meta({
    id: 'AuditRow',
    example: {
      id: 'aud_01kaj5cz5rf4q9t2jw2hq5m8e3',
      seq: 1,
      project_id: 'proj_01kaj5cz5rf4q9t2jw2hq5m8e3',
      event_type: 'auth.login',
      severity: 'info',
      outcome: 'success',
      user_id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3',
      actor: { kind: 'user', email: 'user@example.com' },
      ip_address: '203.0.113.7',
      user_agent: 'Mozilla/5.0',
      request_id: 'req_01kaj5cz5rf4q9t2jw2hq5m8e3',
      resource: { type: 'account', id: 'user_01kaj5cz5rf4q9t2jw2hq5m8e3' },
      before: null,
      after: null,
      details: null,
      created: '2026-01-31T09:30:00.000Z',
      hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    },
  });
export type AuditRow = z.infer<typeof AuditRow>;

export const AuditPage = pageOf(AuditRow).meta({ id: 'AuditPage' });

const counts = z.record(z.string(), z.int());

export const AuditStatistics = z
  .object({
    total: z.int(),
    by_type: counts,
    by_severity: counts,
    by_outcome: counts,
    by_day: counts.meta({ description: 'By day in UTC; days without a row are left out' }),
    from: Timestamp,
    to: Timestamp,
  })
  .meta({
    id: 'AuditStatistics',
    example: {
      total: 3,
      by_type: { 'auth.login': 2, 'entry.created': 1 },
      by_severity: { info: 3 },
      by_outcome: { success: 3 },
      by_day: { '2026-01-31': 3 },
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-31T23:59:59.999Z',
    },
  });
export type AuditStatistics = z.infer<typeof AuditStatistics>;

const AuditHead = z.object({
  seq: z.int(),
  hash: z.string().meta({ description: 'Empty where there is no row yet' }),
});

export const AuditVerification = z
  .object({
    valid: z.boolean(),
    checked: z.int().meta({ description: 'Rows that were found good' }),
    head: AuditHead.meta({ description: 'The end of the chain: keep it elsewhere' }),
    problem: z
      .object({
        seq: z.int(),
        kind: z.enum(['changed', 'missing', 'content_changed', 'head']),
        message: z.string(),
      })
      .nullable(),
  })
  .meta({
    id: 'AuditVerification',
    example: {
      valid: true,
      checked: 3,
      head: { seq: 3, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
      problem: null,
    },
  });
export type AuditVerification = z.infer<typeof AuditVerification>;
