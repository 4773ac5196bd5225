import { z } from 'zod';
import { query } from './contract.ts';

const tag = 'System';

export const Health = z
  .object({
    status: z.enum(['healthy', 'unhealthy']),
    version: z.string(),
    checks: z.record(z.string(), z.enum(['ok', 'failed'])),
  })
  .meta({
    id: 'Health',
    example: { status: 'healthy', version: '0.1.0', checks: { database: 'ok' } },
  });

/** What is asked of the service itself. */
export const systemContracts = {
  health: query({
    method: 'GET',
    path: '/health',
    also: [
      { method: 'GET', path: '/v1/health' },
      { method: 'GET', path: '/health/ready' },
    ],
    tag,
    summary: 'Is the service ready?',
    description:
      'Checks what the service stands on; SERVICE_UNAVAILABLE when the database fails. A search server that fails is said, and the service goes on.',
    access: 'public',
    input: z.strictObject({}),
    output: Health,
    errors: ['SERVICE_UNAVAILABLE'],
    status: 200,
  }),
  live: query({
    method: 'GET',
    path: '/health/live',
    tag,
    summary: 'Is the process alive?',
    description: 'Answers as long as the process does, whatever it stands on.',
    access: 'public',
    input: z.strictObject({}),
    output: z.object({ status: z.literal('alive') }).meta({ id: 'Liveness' }),
    errors: [],
    status: 200,
  }),
};
