import qs from 'qs';
import { AppError } from '../../platform/errors/app-error.ts';

export const MAX_PARAMETERS = 200;
const MAX_DEPTH = 6;

/**
 * What stands between the parameters of a query string. Document S4 prints its filters with && unencoded; looking
 * around every & takes its time, and hardly any query has two of them together.
 */
export const delimiterOf = (query: string): RegExp | string =>
  query.includes('&&') ? /(?<!&)&(?!&)/ : '&';

const options: qs.IParseOptions = {
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
 * INVALID_INPUT for bad escapes, too many parameters, too deep brackets or a key that gets lost.
 */
export function parseQuery(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    // qs keeps a bad escape as it stands; a request that is not what it means to be is refused.
    const decoded = decodeURIComponent(text.replaceAll('+', ' '));
    if (decoded.includes('__proto__') || /(^|&)=/.test(text)) refuseLostKeys(text);
    return { ...qs.parse(text, { ...options, delimiter: delimiterOf(text) }) };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason =
      error instanceof URIError
        ? 'it holds an escape that is no UTF-8; encode % as %25'
        : `it may hold ${MAX_PARAMETERS} parameters and brackets ${MAX_DEPTH} deep at most`;
    throw new AppError('INVALID_INPUT', `The query string cannot be read: ${reason}.`, {
      cause: error,
    });
  }
}

/** qs drops these: what was asked would be less than what was meant. */
function refuseLostKeys(text: string): void {
  for (const part of text.split(delimiterOf(text))) {
    const key = decodeURIComponent(part.split('=', 1)[0]?.replaceAll('+', ' ') ?? '');
    const isNameless = part.startsWith('=');
    if (!isNameless && !/(^|\[)__proto__($|[[\]])/.test(key)) continue;
    const message = isNameless
      ? 'There is a value without a name in the query string; name it or remove it.'
      : 'There is nothing called "__proto__"; remove it from the query string.';
    throw new AppError('INVALID_INPUT', message, {
      details: [{ field: key.slice(0, 200), message, code: 'unknown_parameter' }],
    });
  }
}
