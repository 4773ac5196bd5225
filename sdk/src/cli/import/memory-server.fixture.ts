import { ApiError } from '../../errors.ts';
import type { Item } from './item.ts';

/** The process ends here: whatever is not written down is gone. */
export class Killed extends Error {}

/**
 * The server's bulk route in memory: all or nothing, titles required, slugs unique, and a key that is
 * used again gets the answer it got before.
 */
export class MemoryServer {
  readonly entries: Readonly<Record<string, unknown>>[] = [];
  readonly answered = new Map<string, string>();
  requests = 0;
  /** The request that kills the client, and whether the server still does its work. */
  kill: { readonly request: number; readonly after: boolean } | undefined;

  create = async (items: readonly Item[], key: string): Promise<void> => {
    this.requests += 1;
    const killed = this.kill?.request === this.requests ? this.kill : undefined;
    if (killed?.after === false) throw new Killed();
    let refusal: { readonly error: unknown } | undefined;
    try {
      this.#answer(items, key);
    } catch (error) {
      refusal = { error };
    }
    if (killed) throw new Killed();
    if (refusal) throw refusal.error;
  };

  #answer(items: readonly Item[], key: string): void {
    const body = JSON.stringify(items.map(({ entry }) => entry));
    const before = this.answered.get(key);
    if (before === body) return;
    if (before !== undefined)
      throw refused('VALIDATION_ERROR', [[`Idempotency-Key`, 'idempotency_key']]);
    const wrong = items.flatMap(({ entry }, index) =>
      typeof entry?.['title'] === 'string' ? [] : [[`entries.${index}.title`, 'required'] as const],
    );
    if (wrong.length > 0) throw refused('VALIDATION_ERROR', wrong);
    const taken = this.#firstTaken(items);
    if (taken.length > 0) throw refused('CONFLICT', taken);
    for (const { entry = {} } of items) this.entries.push(entry);
    this.answered.set(key, body);
  }

  /** Like the database, it tells of one value only, and of all items that have it. */
  #firstTaken(items: readonly Item[]): (readonly [string, string])[] {
    const stored = new Set(this.entries.map(({ slug }) => slug));
    const slugs = items.map(({ entry }) => entry?.['slug']);
    const clash = slugs.find((slug, index) => stored.has(slug) || slugs.indexOf(slug) !== index);
    if (clash === undefined) return [];
    return slugs.flatMap((slug, index) =>
      slug === clash ? [[`entries.${index}.slug`, 'unique'] as const] : [],
    );
  }
}

const refused = (code: string, details: readonly (readonly [string, string])[]): ApiError =>
  new ApiError({
    status: code === 'CONFLICT' ? 409 : 422,
    code,
    message: code,
    details: details.map(([field, kind]) => ({ field, message: `${kind}!`, code: kind })),
  });
