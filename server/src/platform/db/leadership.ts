import pg from 'pg';
import { backgroundName } from './pool.ts';

/**
 * One of all servers of a database leads: it holds a lock for as long as its connection lives, so that
 * another one takes over as soon as it is gone. The connection is in no transaction, and holds up none.
 */
export class Leadership {
  readonly #url: string;
  readonly #lock: number;
  #client: pg.Client | undefined;
  #leads = false;

  constructor(url: string, lock: number) {
    this.#url = url;
    this.#lock = lock;
  }

  get leads(): boolean {
    return this.#leads;
  }

  /** Takes the lead where nobody has it; says whether this server leads. Throws while the database is away. */
  async claim(): Promise<boolean> {
    if (this.#leads) return true;
    const client = this.#client ?? (await this.#connect());
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1) as taken',
      [this.#lock],
    );
    this.#leads = this.#client === client && rows[0]?.taken === true;
    return this.#leads;
  }

  /** Leaves the lead to another server. */
  async close(): Promise<void> {
    this.#leads = false;
    await this.#client?.end();
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      keepAlive: true,
      application_name: backgroundName,
    });
    const lost = () => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.#leads = false;
    };
    client.on('error', lost).on('end', lost);
    this.#client = client;
    try {
      await client.connect();
    } catch (error) {
      lost();
      throw error;
    }
    return client;
  }
}
