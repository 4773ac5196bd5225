import { ApiError } from '../../errors.ts';
import type { ImportReport } from '../../resources/transfers.ts';

/** The process ends here: whatever is not written down is gone. */
export class Killed extends Error {}

type Entry = Readonly<Record<string, unknown>>;

/**
 * The server's import route in memory: titles required, slugs unique, rows that are refused reported, and a
 * key that is used again gets the answer it got before.
 */
export class MemoryServer {
  readonly entries: Entry[] = [];
  readonly answered = new Map<string, { readonly text: string; readonly report: ImportReport }>();
  requests = 0;
  /** The request that kills the client, and whether the server still does its work. */
  kill: { readonly request: number; readonly after: boolean } | undefined;

  send = async (text: string, key: string): Promise<ImportReport> => {
    this.requests += 1;
    const killed = this.kill?.request === this.requests ? this.kill : undefined;
    if (killed?.after === false) throw new Killed();
    const report = this.#answer(text, key);
    if (killed) throw new Killed();
    return report;
  };

  #answer(text: string, key: string): ImportReport {
    const before = this.answered.get(key);
    if (before && before.text !== text)
      throw new ApiError({
        status: 422,
        code: 'VALIDATION_ERROR',
        message: 'Used before.',
        details: [{ field: 'Idempotency-Key', message: 'Used.', code: 'idempotency_key' }],
      });
    const report = before?.report ?? this.#import(text.split('\n').slice(0, -1));
    this.answered.set(key, { text, report });
    return report;
  }

  #import(lines: readonly string[]): ImportReport {
    const errors: NonNullable<ImportReport['errors']> = [];
    for (const [index, line] of lines.entries()) {
      const wrong = this.#write(line);
      if (wrong !== undefined)
        errors.push({ row: index + 1, field: wrong, message: `${wrong}!`, code: wrong });
    }
    return {
      imported: lines.length - errors.length,
      updated: 0,
      skipped: errors.length,
      total: lines.length,
      dry_run: false,
      errors: errors.length === 0 ? null : errors,
    };
  }

  /** What is wrong with a line, if it is not written. */
  #write(line: string): string | undefined {
    const entry = JSON.parse(line) as Entry;
    if (typeof entry['title'] !== 'string') return 'title';
    if (this.entries.some(({ slug }) => slug === entry['slug'])) return 'slug';
    this.entries.push(entry);
    return undefined;
  }
}
