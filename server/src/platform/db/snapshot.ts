import { LONGEST_SILENCE_MS, LONGEST_TRANSACTION_MS, takeLongPlace } from './long-transactions.ts';
import type { Pool } from './pool.ts';
import { poolSql, type Sql } from './sql.ts';

/**
 * Gives what is read step by step, each step seeing the database as it was at the first. It holds one
 * connection, while the reader keeps reading: one that pauses or lasts too long is cut off by an error.
 */
export async function* readSnapshot<T>(
  pool: Pool,
  read: (sql: Sql) => AsyncIterable<T>,
): AsyncGenerator<T, void, undefined> {
  const leave = takeLongPlace(pool);
  try {
    const client = await pool.connect();
    const end = Date.now() + LONGEST_TRANSACTION_MS;
    let open = true;
    // Closing the connection ends the transaction; the place is free though the reader may never come back.
    const close = () => {
      if (open) client.release(true);
      open = false;
      leave();
    };
    const lost = () => close();
    client.on('error', lost);
    try {
      await client.query('begin isolation level repeatable read read only');
      // There are few of these at once, and each as a whole is bounded.
      await client.query(`set local statement_timeout = ${LONGEST_TRANSACTION_MS}`);
      for await (const step of read(poolSql(client))) {
        const silence = setTimeout(close, LONGEST_SILENCE_MS);
        try {
          yield step;
        } finally {
          clearTimeout(silence);
        }
        if (!open || Date.now() > end) throw new Error('The reader was too slow; it was cut off.');
      }
      await client.query('commit');
      client.removeListener('error', lost);
      client.release();
      open = false;
    } finally {
      close();
    }
  } finally {
    leave();
  }
}
