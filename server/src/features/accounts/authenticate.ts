import type { UserPrincipal } from '../../content/context.ts';
import type { Accounts } from './accounts.ts';

/** Whether a credential has the look of an access token: three parts, the first a JSON object. */
export const looksLikeToken = (credential: string): boolean =>
  /^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(credential);

/** The account of an access token; undefined where it is not good or its session ended. */
export async function authenticateToken(
  { tokens, sessions }: Accounts,
  token: string,
): Promise<UserPrincipal | undefined> {
  const claims = await tokens.verify(token);
  return claims && sessions.find(claims);
}
