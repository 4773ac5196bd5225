import type { Message } from '../../platform/mail/index.ts';

// Lines stay below 77 ASCII characters: mail then travels as it is written, and a token can be copied
// from the raw message, too.

/** Brings the token that verifies an address. */
export const verificationMail = (to: string, token: string): Message => ({
  to,
  subject: 'Verify your address',
  text: `Welcome. This token verifies your address, within a day:

${token}

Send it as "token" to POST /api/v1/auth/verify-email.
If you did not register, do nothing.
`,
});

/** Brings the token that sets a new password. */
export const resetMail = (to: string, token: string): Message => ({
  to,
  subject: 'Set a new password',
  text: `Somebody asked for a new password for your account.
This token sets one, once and within an hour:

${token}

Send it as "token", with "new_password", to
POST /api/v1/auth/reset-password.
If it was not you, do nothing: your password is as it was.
`,
});

/** Tells an owner who might not have done it. */
export const passwordChangedMail = (to: string): Message => ({
  to,
  subject: 'Your password was changed',
  text: `The password of your account was changed, and its other sessions ended.
If it was not you, ask for a new password at once, with
POST /api/v1/auth/forgot-password.
`,
});

/** Brings the token that sets the first password of an account that somebody else made. */
export const welcomeMail = (to: string, token: string): Message => ({
  to,
  subject: 'Your new account',
  text: `An administrator made an account for this address.
This token sets its password, once and within an hour:

${token}

Send it as "token", with "new_password", to
POST /api/v1/auth/reset-password. If it is too late, ask for another
with POST /api/v1/auth/forgot-password.
`,
});

/** Tells an owner at the old address, who might not have done it. */
export const addressChangedMail = (to: string): Message => ({
  to,
  subject: 'Your address was changed',
  text: `Your account has another address now, and its mail goes there.
If it was not you, tell an administrator at once.
`,
});
