import type { Ctx } from '../../content/context.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { isId } from '../../platform/ids/ids.ts';

/** The account that a path names: an id, or `me`. Throws NOT_FOUND for what is neither. */
export function accountIdOf({ principal }: Pick<Ctx, 'principal'>, reference: string): string {
  if (reference === 'me' && principal.kind === 'user') return principal.accountId;
  if (!isId('user', reference)) throw notFound();
  return reference;
}

/** True for who manages accounts; everybody else is let in to its own alone. */
export const managesUsers = ({ principal }: Pick<Ctx, 'principal'>): boolean =>
  principal.permissions.has('users:manage');
