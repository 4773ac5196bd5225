import type { Services } from '../../content/services.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { Jobs } from '../../platform/queue/index.ts';
import type { Accounts } from './accounts.ts';
import { newOneTimeToken } from './one-time-tokens.ts';
import {
  addressChangedMail,
  passwordChangedMail,
  resetMail,
  verificationMail,
  welcomeMail,
} from './write-mail.ts';

/** Jobs that mail something to an account. */
export const mailJobs = {
  verification: 'accounts.mail_verification',
  reset: 'accounts.mail_reset',
  welcome: 'accounts.mail_welcome',
  passwordChanged: 'accounts.mail_password_changed',
  addressChanged: 'accounts.mail_address_changed',
} as const;

const byId = prepared('select id, email from accounts where id = $1');
const byEmail = prepared(
  'select id, email from accounts where lower(email) = lower($1) and active',
);

interface Account {
  readonly id: string;
  readonly email: string;
}

/**
 * What the jobs do. A token is made when its mail is sent, so that the queue never holds one; of an
 * account that is gone meanwhile nothing is sent.
 */
export function accountJobs({ mail }: Accounts, { database, clock }: Services): Jobs {
  const { sql } = database;
  return {
    [mailJobs.verification]: async ({ account_id }: { account_id: string }) => {
      const [account] = await sql.rows<Account>(byId, [account_id]);
      if (!account) return;
      const token = await newOneTimeToken({ sql, clock }, 'verify', account.id);
      await mail.send(verificationMail(account.email, token));
    },
    [mailJobs.reset]: async ({ email }: { email: string }) => {
      const [account] = await sql.rows<Account>(byEmail, [email]);
      if (!account) return;
      const token = await newOneTimeToken({ sql, clock }, 'reset', account.id);
      await mail.send(resetMail(account.email, token));
    },
    [mailJobs.welcome]: async ({ account_id }: { account_id: string }) => {
      const [account] = await sql.rows<Account>(byId, [account_id]);
      if (!account) return;
      const token = await newOneTimeToken({ sql, clock }, 'reset', account.id);
      await mail.send(welcomeMail(account.email, token));
    },
    [mailJobs.addressChanged]: ({ email }: { email: string }) =>
      mail.send(addressChangedMail(email)),
    [mailJobs.passwordChanged]: ({ email }: { email: string }) =>
      mail.send(passwordChangedMail(email)),
  };
}
