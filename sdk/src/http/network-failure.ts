import { NetworkError } from '../errors.ts';

const CODE_MEANING: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there, start the server',
  ENOTFOUND: 'that host name does not exist; check the url',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'no connection could be made in time',
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is self-signed",
};

/** Failures before a byte of the request left: repeating it cannot do anything twice. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

const codeOf = (error: unknown): string | undefined => {
  const { cause = error } = error as { cause?: unknown };
  const { code, errors } = (cause ?? {}) as { code?: unknown; errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  return errors?.[0] === undefined ? undefined : codeOf(errors[0]);
};

/** True where the server can't have seen the request. */
export const wasNeverSent = (error: unknown): boolean => NEVER_SENT.has(codeOf(error) ?? '');

/** A failed fetch in words: where it went, what that usually means, and the original as its cause. */
export function networkError(error: unknown, request: Request, timeoutMs: number): NetworkError {
  const { origin } = new URL(request.url);
  const did = `${request.method} ${request.url}`;
  if ((error as { name?: unknown }).name === 'TimeoutError')
    return new NetworkError(
      'TIMEOUT',
      request.url,
      `${did} took longer than ${timeoutMs} ms; raise "timeout" if that is to be expected.`,
      error,
    );
  const code = codeOf(error);
  const { message, cause } = error as Error;
  const why =
    (code && CODE_MEANING[code]) ?? code ?? (cause instanceof Error ? cause.message : message);
  return new NetworkError('UNREACHABLE', request.url, `Could not reach ${origin}: ${why}.`, error);
}
