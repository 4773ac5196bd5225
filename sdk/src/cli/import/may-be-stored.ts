import { ApiError } from '../../errors.ts';
import { CliFailure } from '../failure.ts';

/**
 * True for a failure after which a batch may be stored although no good answer came: a lost
 * connection, a proxy's 504, a request that is still running.
 */
export const mayBeStored = (error: unknown): boolean =>
  !(error instanceof CliFailure) &&
  !(error instanceof ApiError && error.status < 500 && error.status !== 409);
