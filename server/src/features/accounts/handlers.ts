import type { authContracts } from '@cms/contracts';
import { transaction } from '../../content/context.ts';
import type { HandlersOf } from '../../content/handlers.ts';
import type { Accounts } from './accounts.ts';
import { changePassword } from './change-password.ts';
import { endOtherSessions, endSession } from './end-sessions.ts';
import { forgotPassword } from './forgot-password.ts';
import { listSessions } from './list-sessions.ts';
import { logIn } from './log-in.ts';
import { readMe } from './read-me.ts';
import { refreshSession } from './refresh-session.ts';
import { registerAccount, type UseInvitation } from './register-account.ts';
import { resetPassword } from './reset-password.ts';
import { verifyEmail } from './verify-email.ts';

export const authHandlers = (accounts: Accounts, useInvitation: UseInvitation) =>
  ({
    register: (ctx, input) => registerAccount(accounts, useInvitation, ctx, input),
    login: (ctx, input) => logIn(accounts, ctx, input),
    refresh: (ctx, input) => refreshSession(accounts, ctx, input.refresh_token),
    logout: (ctx) => endSession(accounts, ctx, ctx.principal.sessionId),
    forgotPassword: (ctx, input) => forgotPassword(ctx, input.email),
    resetPassword: (ctx, input) => resetPassword(accounts, ctx, input),
    verifyEmail: (ctx, input) => verifyEmail(ctx, input.token),
    changePassword: (ctx, input) => changePassword(accounts, ctx, input),
    me: readMe,
    sessions: {
      list: listSessions,
      end: (ctx, input) => endSession(accounts, ctx, input.id),
      endOthers: (ctx) =>
        transaction(ctx, (tx) =>
          endOtherSessions(accounts, tx, tx.principal.accountId, tx.principal.sessionId),
        ),
    },
    jwks: () => accounts.keys.publicKeys(),
  }) satisfies HandlersOf<typeof authContracts>;
