import type { Ctx } from '../../content/context.ts';
import { invalid } from '../../platform/errors/app-error.ts';

/** A time that was sent; one without a zone is UTC. Throws VALIDATION_ERROR for one that is past. */
export function readExpiry(
  { clock }: Ctx,
  text: string | null | undefined,
): Date | null | undefined {
  if (text === null || text === undefined) return text;
  const at = new Date(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (at > clock.now()) return at;
  throw invalid([
    {
      field: 'expires_at',
      message: 'This is past; give a time to come, or null for a key that does not expire.',
      code: 'past',
    },
  ]);
}
