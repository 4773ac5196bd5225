import qs from 'qs';
import { AppError } from '../../platform/errors/app-error.ts';

export const MAX_PARAMETERS = 200;
const MAX_DEPTH = 6;

const options: qs.IParseOptions = {
  // Single & only: document S4 prints its filters with && unencoded.
  delimiter: /(?<!&)&(?!&)/,
  depth: MAX_DEPTH,
  strictDepth: true,
  parameterLimit: MAX_PARAMETERS,
  throwOnLimitExceeded: true,
  arrayLimit: MAX_PARAMETERS,
  plainObjects: true,
  interpretNumericEntities: false,
};

/**
 * Reads a query string: `a[b][gt]=1` nests, repeated keys are lists, values stay text. Throws
 * INVALID_INPUT for bad escapes, too many parameters or too deep brackets.
 */
export function parseQuery(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    // qs keeps a bad escape as it stands; a request that is not what it means to be is refused.
    decodeURIComponent(text.replaceAll('+', ' '));
    return { ...qs.parse(text, options) };
  } catch (error) {
    const reason =
      error instanceof URIError
        ? 'it holds an escape that is no UTF-8; encode % as %25'
        : `it may hold ${MAX_PARAMETERS} parameters and brackets ${MAX_DEPTH} deep at most`;
    throw new AppError('INVALID_INPUT', `The query string cannot be read: ${reason}.`, {
      cause: error,
    });
  }
}
