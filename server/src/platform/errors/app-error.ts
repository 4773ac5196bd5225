import { type ErrorCode, type ErrorDetail, errorTable } from '@cms/contracts';

interface Parts {
  readonly details?: readonly ErrorDetail[];
  /** For the log alone: never sent. */
  readonly internal?: string;
  readonly cause?: unknown;
  /** Extra reply headers, such as Retry-After or Allow. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The one way to refuse: a stable code and a sentence that says what to do. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly ErrorDetail[];
  readonly internal: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string = errorTable[code].message, parts: Parts = {}) {
    super(message, { cause: parts.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = parts.details ?? [];
    this.internal = parts.internal;
    this.headers = parts.headers ?? {};
  }

  get status(): number {
    return errorTable[this.code].status;
  }
}

/** A refusal for what is missing, foreign or hidden: always the very same words. */
export const notFound = (): AppError => new AppError('NOT_FOUND');

/** A refusal that lists every bad value. */
export const invalid = (details: readonly ErrorDetail[]): AppError =>
  new AppError('VALIDATION_ERROR', undefined, { details });
