import { Client } from 'pg';
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
  // Look-ups are made by the same driver as the tests'; the class of the ORM's clients may be of another copy.
  const { pool } = server.app.services.database;
  const own = (pool as unknown as { readonly Client: typeof Client }).Client;
  const spies = [...new Set([own, Client])].map((each) => vi.spyOn(each.prototype, 'query'));
  try {
    await work();
    const sent: unknown[] = spies
      .flatMap(({ mock }) =>
        mock.calls.map(([statement], at) => ({
          statement,
          client: mock.contexts[at],
          order: mock.invocationCallOrder[at] as number,
        })),
      )
      .filter(({ client }) => !isBackground(client))
      .toSorted((one, other) => one.order - other.order)
      .map(({ statement }) => statement);
    if (sent.length === 0) throw new Error('No statement was seen.');
    return sent.map((each) =>
      typeof each === 'string' ? each : String((each as { text?: unknown }).text),
    );
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const isBackground = (client: unknown): boolean =>
  (client as { connectionParameters: { application_name?: string } }).connectionParameters
    .application_name === backgroundName;
