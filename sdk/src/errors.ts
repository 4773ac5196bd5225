import type { components } from './schema.d.ts';

/** One bad value of a request: where it is, what is wrong with it in words, and a stable code. */
export type ErrorDetail = components['schemas']['ErrorDetail'];

/** The server's stable codes, and any that a newer server may have. */
export type ErrorCode = components['schemas']['ErrorCode'] | (string & {});

/** What the server said when it refused a request. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly details?: readonly ErrorDetail[];
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
}

/** The server answered, and the answer is no. Every reply other than 2xx becomes one of these. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The HTTP status. */
  readonly status: number;
  /** The stable code to decide by, such as `VALIDATION_ERROR`. */
  readonly code: ErrorCode;
  /** Every bad value; empty where none is to blame. */
  readonly details: readonly ErrorDetail[];
  /** Names this request in the server's log. */
  readonly requestId: string | undefined;
  /** Seconds to wait before trying again, where the server said so. */
  readonly retryAfter: number | undefined;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.status = refusal.status;
    this.code = refusal.code;
    this.details = refusal.details ?? [];
    this.requestId = refusal.requestId;
    this.retryAfter = refusal.retryAfter;
  }
}

/** No answer came: the server was not reached, the connection broke, or time ran out. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: 'UNREACHABLE' | 'TIMEOUT';
  readonly url: string;

  constructor(code: NetworkError['code'], url: string, message: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
    this.url = url;
  }
}
