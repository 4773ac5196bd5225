import type { BenchRequest } from '../scenarios/index.ts';
import type { Target } from './target.ts';

/** One request outside of any measurement. Throws, with the reply, where it is no 2xx. */
export async function callTarget(
  { name, port, headers }: Target,
  { method, path, body }: BenchRequest,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
    signal,
  });
  const text = await response.text();
  if (response.ok) return { status: response.status, text };
  throw new Error(
    `${name} answered ${method} ${path} with ${response.status}: ${text.slice(0, 2000)}`,
  );
}
