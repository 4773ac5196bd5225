export { type ApiKeys, createApiKeys } from './api-keys.ts';
export { anonymous, authenticator } from './authenticate.ts';
export { ensureRootKey, type RootKey } from './ensure-root-key.ts';
export { forgetOldUses } from './forget-old-uses.ts';
export { apiKeysHandlers } from './handlers.ts';
export { keysChannel } from './key-registry.ts';
