import { callTarget } from './call-target.ts';
import type { CallerName, Target } from './target.ts';

const headersOf: Readonly<
  Record<CallerName, (product: Target, signal: AbortSignal) => Promise<Record<string, string>>>
> = {
  anonymous: () => Promise.resolve({}),
  token: async (product, signal) => {
    const body = { email: 'reader@example.com', password: 'a long passphrase' };
    const path = '/api/v1/auth/register';
    const { text } = await callTarget(product, { method: 'POST', path, body }, signal);
    const { access_token } = JSON.parse(text) as { access_token: string };
    return { authorization: `Bearer ${access_token}` };
  },
  key: async (product, signal) => {
    const body = { name: 'reader', scopes: ['read'] };
    const path = '/api/v1/api-keys';
    const { text } = await callTarget(product, { method: 'POST', path, body }, signal);
    const { key } = JSON.parse(text) as { key: string };
    return { 'x-api-key': key };
  },
};

/** The product as another caller asks it. */
export async function asCaller(
  product: Target,
  name: CallerName,
  signal: AbortSignal,
): Promise<Target> {
  return { ...product, name, headers: await headersOf[name](product, signal) };
}
