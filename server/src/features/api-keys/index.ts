export { anonymous, authenticator } from './authenticate.ts';
export { ensureRootKey, type RootKey } from './ensure-root-key.ts';
