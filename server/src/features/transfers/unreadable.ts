import type { ErrorDetail } from '@cms/contracts';

/** A file that can't be read any further; what came before counts. */
export class Unreadable extends Error {
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'Unreadable';
    this.code = code;
  }

  get detail(): ErrorDetail {
    return { field: 'file', message: this.message, code: this.code };
  }
}

/** A row, or a column, that can't be what it should; the file can be read on. */
export const problem = (field: string, code: string, message: string): ErrorDetail => ({
  field,
  message,
  code,
});
