import { ApiError, type ErrorDetail } from '../errors.ts';
import { retryAfterSeconds } from './retry-after.ts';

interface Report {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
  readonly request_id?: unknown;
}

/**
 * Reads a refused reply into an ApiError. A body that is not the server's own (a proxy's page, say)
 * is not trusted: the status speaks then.
 */
export async function readError(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  const report = reportIn(text);
  const { status } = response;
  return new ApiError({
    status,
    // The platform family sends codes in lower case.
    code: textOr(report?.code, `HTTP_${status}`).toUpperCase(),
    message: textOr(report?.message, `${status} ${response.statusText}`.trim()),
    details: detailsOf(report?.details),
    requestId: textOr(report?.request_id, '') || response.headers.get('x-request-id') || undefined,
    retryAfter: retryAfterSeconds(response.headers),
  });
}

function reportIn(text: string): Report | undefined {
  try {
    const body = JSON.parse(text) as { readonly error?: unknown } | null;
    return typeof body?.error === 'object' && body.error !== null ? body.error : undefined;
  } catch {
    return undefined;
  }
}

const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;

/** The models family sends details as an object, field to message. */
function detailsOf(details: unknown): ErrorDetail[] {
  if (Array.isArray(details)) return details as ErrorDetail[];
  if (typeof details !== 'object' || details === null) return [];
  return Object.entries(details).map(([field, message]) => ({
    field,
    message: String(message),
    code: 'invalid',
  }));
}
