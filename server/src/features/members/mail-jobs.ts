import type { Services } from '../../content/services.ts';
import { prepared } from '../../platform/db/sql.ts';
import type { Jobs } from '../../platform/queue/index.ts';
import { type Accounts, hashSecret, newSecret } from '../accounts/index.ts';
import type { Scope } from './scope.ts';
import { addedMail, invitationMail } from './write-mail.ts';

/** Jobs that mail something to a member, or to somebody who is to become one. */
export const memberMails = {
  invitation: 'members.mail_invitation',
  added: 'members.mail_added',
} as const;

/** What a mail says of the team or the project. */
export interface Place extends Scope {
  readonly name: string;
  readonly role: string;
}

export interface InvitationMail {
  readonly invitation_id: string;
  /** When it was made or renewed last: a mail of an earlier time is not sent. */
  readonly created_at: string;
  readonly place: Place;
}

export interface AddedMail {
  readonly to: string;
  readonly place: Place;
}

const setToken = prepared(
  'update invitations set hash = $2 where id = $1 and created_at = $3 returning email',
);

/** What the jobs do. The token is made when its mail is sent, so that the queue never holds one. */
export function memberJobs({ mail }: Accounts, { database }: Services): Jobs {
  return {
    [memberMails.invitation]: async ({ invitation_id, created_at, place }: InvitationMail) => {
      const token = newSecret('invite');
      const values = [invitation_id, hashSecret(token), created_at];
      const [row] = await database.sql.rows<{ email: string }>(setToken, values);
      if (row) await mail.send(invitationMail(row.email, { ...place, token }));
    },
    [memberMails.added]: ({ to, place }: AddedMail) => mail.send(addedMail(to, place)),
  };
}
