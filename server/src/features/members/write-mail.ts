import type { Message } from '../../platform/mail/index.ts';
import type { Place } from './mail-jobs.ts';

// The token stands on a line of its own below 77 ASCII characters, so that it can be copied from the
// raw message whatever the names around it hold.

/** Brings the token that joins. */
export const invitationMail = (to: string, place: Place & { readonly token: string }): Message => ({
  to,
  subject: `You are invited to a ${place.kind}`,
  text: `You are invited to the ${place.kind} "${place.name}"
with the role "${place.role}". This token joins, once and within seven days:

${place.token}

If you have an account of this address, sign in and send it as "token" to
POST /v1/invitations/accept.
If you have none, send it as "invitation_token", with "email" and
"password", to POST /api/v1/auth/register.
If you do not know what this is about, do nothing.
`,
});

/** Tells somebody who was added at once. */
export const addedMail = (to: string, place: Place): Message => ({
  to,
  subject: `You were added to a ${place.kind}`,
  text: `You are a member of the ${place.kind} "${place.name}" now
with the role "${place.role}".
If that is not wanted, leave it with
DELETE /v1/${place.kind}s/${place.id}/members/<your id>.
`,
});
