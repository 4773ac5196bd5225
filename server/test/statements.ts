import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { expect, vi } from 'vitest';
import { schemaChannel } from '../src/content/schema/schema-channel.ts';
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
  await upToDate(server);
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

/**
 * Waits until the server has heard of every change so far, and has read again what it forgot then: news of
 * a collection that was made a moment ago may come late, and cost the next request a statement.
 */
async function upToDate({ app, ask }: TestServer): Promise<void> {
  const { schemas, database } = app.services;
  const mark = randomUUID();
  const heard = vi.spyOn(schemas, 'forget');
  try {
    // The news of all channels come over one connection, in their order.
    await database.apart.rows({ text: 'select pg_notify($1, $2)' }, [schemaChannel, mark]);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(mark), 20_000);
  } finally {
    heard.mockRestore();
  }
  await ask('GET', '/api/v1/collections?limit=1');
}

const isBackground = (client: unknown): boolean =>
  (client as { connectionParameters: { application_name?: string } }).connectionParameters
    .application_name === backgroundName;
