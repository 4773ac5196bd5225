import { ApiError, NetworkError } from '../errors.ts';

/** How a command ends, for scripts that call it. */
export const exitCodes = {
  done: 0,
  /** It ran, but part of the work was refused. */
  refused: 1,
  /** It could not run: bad usage, no server, no permission. */
  failed: 2,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A reason to stop that is told to the user as it stands. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = exitCodes.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Give an API key of the server with --api-key or CMS_API_KEY.',
  403: 'Use a key with more rights: --api-key or CMS_API_KEY.',
};

/** What a failure says to whoever typed the command; unexpected ones with their stack. */
export function explain(error: unknown): string {
  if (error instanceof CliFailure) return error.message;
  if (error instanceof NetworkError)
    return `${error.message} Set the server with --url or CMS_URL.`;
  if (error instanceof ApiError) return refusal(error);
  if (isFileError(error)) return `${error.message.replace(/^\w+: /, '')} (${error.code})`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function refusal(error: ApiError): string {
  const details = error.details.map(({ field, message }) => `  ${field}: ${message}`);
  const advice = ADVICE[error.status];
  return [
    `The server refused it (${error.code}): ${error.message}`,
    ...(advice ? [advice] : []),
    ...details,
    ...(error.status >= 500 && error.requestId ? [`Request id: ${error.requestId}`] : []),
  ].join('\n');
}

const isFileError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'syscall' in error && 'code' in error;
