import type { Ctx } from '../../content/context.ts';
import { ownsInstance } from '../../content/permissions-in-team.ts';
import { AppError } from '../../platform/errors/app-error.ts';

/** Throws FORBIDDEN for a project's key: teams are the business of accounts. */
export function refuseKeys({ principal }: Ctx): void {
  if (principal.kind === 'user' || ownsInstance(principal)) return;
  throw new AppError(
    'FORBIDDEN',
    "A project's key is in no team; sign in with an account or use the root key.",
  );
}
