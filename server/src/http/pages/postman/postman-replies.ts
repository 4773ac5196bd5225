import type { ContractTree } from '@cms/contracts';
import { prepareReply, type PreparedReply } from '../prepared-reply.ts';
import { postmanCollection } from './postman-collection.ts';

/** Addresses of this server whose collection is kept. */
const MAX_KEPT = 20;
/** Stands for the address while the collection is made, which takes long and is done once. */
const anyAddress = 'https://cms.invalid';

/** The Postman collection, ready to send, with the address it was asked for at. */
export class PostmanReplies {
  readonly #contracts: ContractTree;
  readonly #kept = new Map<string, Promise<PreparedReply>>();
  #text: Promise<string> | undefined;

  constructor(contracts: ContractTree) {
    this.#contracts = contracts;
  }

  reply(baseUrl: string): Promise<PreparedReply> {
    const known = this.#kept.get(baseUrl);
    if (known) return known;
    const made = this.#make(baseUrl);
    this.#kept.set(baseUrl, made);
    made.catch(() => this.#kept.delete(baseUrl));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }

  async #make(baseUrl: string): Promise<PreparedReply> {
    const text = (await this.#general()).replaceAll(anyAddress, baseUrl);
    return prepareReply(text, 'application/json; charset=utf-8');
  }

  #general(): Promise<string> {
    this.#text ??= postmanCollection(this.#contracts, anyAddress).then((made) =>
      JSON.stringify(made),
    );
    this.#text.catch(() => (this.#text = undefined));
    return this.#text;
  }
}
