import { answersOnce, changesContent, type Contract, ruleOf, takesBody } from '../contract.ts';
import { type ErrorCode, errorCodes, statusIn } from '../errors.ts';

/** What any request may meet before its operation is reached, or when the service fails. */
const anywhere: readonly ErrorCode[] = [
  'INVALID_INPUT',
  'QUERY_TOO_SLOW',
  'UNAUTHORIZED',
  // Also for a project, named by X-Project-Id, that the caller may not know.
  'NOT_FOUND',
  'NOT_ACCEPTABLE',
  'URI_TOO_LONG',
  'RATE_LIMITED',
  'INTERNAL_SERVER_ERROR',
  'SERVICE_UNAVAILABLE',
];

/**
 * Every code that an operation may answer with over REST, in the order of the error table: what its
 * contract declares, and what the transport, access and idempotency keys add for an operation of
 * its kind. METHOD_NOT_ALLOWED belongs to paths, not to operations.
 */
export function refusalsOf(contract: Contract): ErrorCode[] {
  const codes = new Set<ErrorCode>([...anywhere, ...contract.errors]);
  if (contract.access !== 'public') {
    codes.add('FORBIDDEN');
    if (changesContent(contract)) codes.add('PROJECT_ARCHIVED');
    if (ruleOf(contract.access) && contract.kind === 'mutation') codes.add('COLLECTION_ARCHIVED');
  }
  if (takesBody(contract))
    codes.add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE').add('VALIDATION_ERROR');
  // A key that came with another request before, or one whose first request is still running.
  if (answersOnce(contract)) codes.add('VALIDATION_ERROR').add('CONFLICT');
  if ('expected_version' in contract.input.shape) codes.add('PRECONDITION_FAILED');
  return errorCodes.filter((code) => codes.has(code));
}

/** The same by status: 409 has several codes. */
export function refusalsByStatus(contract: Contract): Map<number, ErrorCode[]> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of refusalsOf(contract)) {
    const status = statusIn(contract.family ?? 'canonical', code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return byStatus;
}
