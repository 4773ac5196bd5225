export { AccountEntity } from './account.entity.ts';
export { type AccountOptions, type Accounts, createAccounts } from './accounts.ts';
export { announceAccount } from './announce-account.ts';
export { authenticateToken, looksLikeToken } from './authenticate.ts';
export { ensureAdmin } from './ensure-admin.ts';
export { forgetExpired } from './forget-expired.ts';
export { authHandlers } from './handlers.ts';
export { accountJobs } from './mail-jobs.ts';
export { accountsChannel } from './session-registry.ts';
