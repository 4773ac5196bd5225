import type { Client } from 'pg';
import { vi } from 'vitest';
import { backgroundName } from '../src/platform/db/pool.ts';
import type { TestServer } from './harness.ts';

/**
 * The statements that a server sends to PostgreSQL while work is done, those of transactions included, but
 * not what it does in the background meanwhile.
 */
export async function statementsOf(
  server: TestServer,
  work: () => Promise<unknown>,
): Promise<string[]> {
  // The class of the server's own clients: its driver may be another copy than the tests'.
  const { pool } = server.app.services.database;
  const own = (pool as unknown as { readonly Client: typeof Client }).Client;
  const query = vi.spyOn(own.prototype, 'query');
  try {
    await work();
    const sent: unknown[] = query.mock.calls
      .filter((_call, at) => !isBackground(query.mock.contexts[at]))
      .map(([statement]) => statement);
    if (sent.length === 0) throw new Error('No statement was seen.');
    return sent.map((each) =>
      typeof each === 'string' ? each : String((each as { text?: unknown }).text),
    );
  } finally {
    query.mockRestore();
  }
}

const isBackground = (client: unknown): boolean =>
  (client as { connectionParameters: { application_name?: string } }).connectionParameters
    .application_name === backgroundName;
