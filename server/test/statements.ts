import type { Client } from 'pg';
import { vi } from 'vitest';
import type { TestServer } from './harness.ts';

/** The statements that a server sends to PostgreSQL while work is done, those of transactions included. */
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
    const sent: unknown[] = query.mock.calls.map(([statement]) => statement);
    if (sent.length === 0) throw new Error('No statement was seen.');
    return sent.map((each) =>
      typeof each === 'string' ? each : String((each as { text?: unknown }).text),
    );
  } finally {
    query.mockRestore();
  }
}
