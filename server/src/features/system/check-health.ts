import type { Health } from '@cms/contracts';
import type { z } from 'zod';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import { version } from '../../platform/version.ts';

const ping = prepared('select 1 as one');

/** A part beside the database, without which the service goes on. */
export interface Part {
  isAvailable(): Promise<boolean>;
}

/** Asks what the service stands on, and the search server where there is one. Throws SERVICE_UNAVAILABLE when a part does not answer. */
export async function checkHealth(
  ctx: Ctx,
  search: Part | undefined,
): Promise<z.infer<typeof Health>> {
  try {
    await ctx.sql.rows(ping, []);
  } catch (error) {
    throw new AppError('SERVICE_UNAVAILABLE', 'The database does not answer.', { cause: error });
  }
  const checks: z.infer<typeof Health>['checks'] = { database: 'ok' };
  if (search) checks['search'] = (await search.isAvailable()) ? 'ok' : 'failed';
  return { status: 'healthy', version, checks };
}
