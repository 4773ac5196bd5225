import type { Services } from '../../content/services.ts';
import type { Mailer } from '../../platform/mail/index.ts';
import { AccessTokens } from './access-token.ts';
import { SessionRegistry } from './session-registry.ts';
import { SigningKeys } from './signing-keys.ts';

export interface AccountOptions {
  readonly mail: Mailer;
  /** Who may register: everybody, whoever is invited or has the root key, or nobody. */
  readonly registration: 'open' | 'invite' | 'closed';
  /** Who access tokens say they are from and for: the product's own URL. */
  readonly issuer: string;
}

/** What the use-cases of accounts share for as long as the process lives. */
export interface Accounts extends AccountOptions {
  readonly keys: SigningKeys;
  readonly tokens: AccessTokens;
  readonly sessions: SessionRegistry;
}

/** Puts the parts of accounts together; nothing is read yet. */
export function createAccounts(services: Services, options: AccountOptions): Accounts {
  const keys = new SigningKeys(services);
  return {
    ...options,
    keys,
    tokens: new AccessTokens(keys, options.issuer, services.clock),
    sessions: new SessionRegistry(services.database.apart, services.clock),
  };
}
