import type { InstanceRole } from '@cms/contracts';
import type { UserPrincipal } from '../../content/context.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { prepared, type Sql } from '../../platform/db/sql.ts';
import type { Claims } from './access-token.ts';
import { membershipsOfAccount, permissionsById, teamsOfAccount } from './memberships.ts';

/** The PostgreSQL channel on which an account's id says that it or its sessions have changed. */
export const accountsChannel = 'cms_accounts';

/** Another server's change arrives as a notification; should one be lost, this is its longest effect. */
const MAX_AGE_MS = 60_000;
/** Accounts kept in memory. */
const MAX_ACCOUNTS = 10_000;

interface Kept {
  readonly at: number;
  readonly principal: Promise<UserPrincipal | undefined>;
}

interface Row {
  readonly email: string;
  readonly role: InstanceRole;
  readonly memberships: string;
  readonly teams: string;
}

const find = prepared(
  `select a.email, a.role, ${membershipsOfAccount} as memberships, ${teamsOfAccount} as teams
  from sessions s join accounts a on a.id = s.account_id
  where s.id = $1 and a.id = $2 and a.active and s.expires_at > $3`,
);

/** The sessions in use, kept in memory until they or their account change. */
export class SessionRegistry {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #accounts = new Map<string, Map<string, Kept>>();

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** Who a session belongs to, with no permissions yet; undefined where it ended. */
  find({ accountId, sessionId }: Claims): Promise<UserPrincipal | undefined> {
    const now = this.#clock.now().getTime();
    const known = this.#accounts.get(accountId)?.get(sessionId);
    if (known && now - known.at < MAX_AGE_MS) return known.principal;
    const principal = this.#load(accountId, sessionId);
    const sessions = this.#sessionsOf(accountId);
    const kept = { at: now, principal };
    sessions.set(sessionId, kept);
    const drop = () => {
      if (sessions.get(sessionId) === kept) sessions.delete(sessionId);
    };
    // Neither a failed look-up nor a session that ended is worth keeping.
    principal.then((found) => (found ? undefined : drop()), drop);
    return principal;
  }

  /** Forgets an account's sessions, or everything. */
  forget(accountId?: string): void {
    if (accountId === undefined) this.#accounts.clear();
    else this.#accounts.delete(accountId);
  }

  #sessionsOf(accountId: string): Map<string, Kept> {
    const known = this.#accounts.get(accountId);
    if (known) return known;
    if (this.#accounts.size >= MAX_ACCOUNTS) this.#accounts.clear();
    const sessions = new Map<string, Kept>();
    this.#accounts.set(accountId, sessions);
    return sessions;
  }

  async #load(accountId: string, sessionId: string): Promise<UserPrincipal | undefined> {
    const now = this.#clock.now().toISOString();
    const [row] = await this.#sql.rows<Row>(find, [sessionId, accountId, now]);
    if (!row) return undefined;
    return {
      kind: 'user',
      id: accountId,
      accountId,
      sessionId,
      email: row.email,
      role: row.role,
      projectId: null,
      memberships: permissionsById(row.memberships),
      teams: permissionsById(row.teams),
      permissions: new Set(),
    };
  }
}
