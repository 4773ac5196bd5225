import { type ErrorDetail, type ImportReport, MAX_REPORTED } from '@cms/contracts';
import { type AppError, invalid } from '../../platform/errors/app-error.ts';
import type { Row } from './row.ts';
import type { Unreadable } from './unreadable.ts';
import type { Fate } from './write-batch.ts';

type ImportError = NonNullable<ImportReport['errors']>[number];

/** Counts what came of rows, and keeps the first reasons of those that were refused. */
export class Report {
  readonly #errors: ImportError[] = [];
  #listed = 0;
  #imported = 0;
  #updated = 0;
  #skipped = 0;

  /** True where something was, or would be, written. */
  get isWritten(): boolean {
    return this.#imported + this.#updated > 0;
  }

  get isRefused(): boolean {
    return this.#skipped > 0;
  }

  add(rows: readonly Row[], fates: readonly Fate[]): void {
    for (const [at, { row }] of rows.entries()) {
      const fate = fates[at];
      if (fate === 'imported') this.#imported += 1;
      else if (fate === 'updated') this.#updated += 1;
      else {
        this.#skipped += 1;
        this.#note(row, detailsOf(fate as AppError));
      }
    }
  }

  /** Where the file broke off: its last error, whatever came before. */
  broken({ detail }: Unreadable): void {
    this.#listed = Math.min(this.#listed, MAX_REPORTED - 1);
    this.#note(this.#total + 1, [detail]);
  }

  reply(dryRun: boolean): ImportReport {
    return {
      imported: this.#imported,
      updated: this.#updated,
      skipped: this.#skipped,
      total: this.#total,
      dry_run: dryRun,
      errors: this.#errors.length > 0 ? this.#errors : null,
    };
  }

  /** What refuses an import that is all or nothing: every mistake by its row. */
  refusal(): AppError {
    return invalid(
      this.#errors.map(({ row, field, ...rest }) => ({
        field: `rows.${row}${field === '' ? '' : `.${field}`}`,
        ...rest,
      })),
    );
  }

  get #total(): number {
    return this.#imported + this.#updated + this.#skipped;
  }

  #note(row: number, details: readonly ErrorDetail[]): void {
    if (this.#listed >= MAX_REPORTED) return;
    this.#listed += 1;
    for (const { field, message, code } of details.slice(0, MAX_REASONS))
      this.#errors.push({ row, field, message, code });
  }
}

/** The most reasons for one row. */
const MAX_REASONS = 20;

const detailsOf = ({ details, message, code }: AppError): readonly ErrorDetail[] =>
  details.length > 0 ? details : [{ field: '', message, code: code.toLowerCase() }];
