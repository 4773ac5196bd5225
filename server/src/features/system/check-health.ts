import type { Health } from '@cms/contracts';
import type { z } from 'zod';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { version } from '../../platform/version.ts';

const ping = prepared('select 1 as one');

/** Asks what the service stands on. Throws SERVICE_UNAVAILABLE when a part does not answer. */
export async function checkHealth(ctx: Ctx): Promise<z.infer<typeof Health>> {
  try {
    await ctx.sql.rows(ping, []);
  } catch (error) {
    throw new AppError('SERVICE_UNAVAILABLE', 'The database does not answer.', { cause: error });
  }
  return { status: 'healthy', version, checks: { database: 'ok' } };
}
