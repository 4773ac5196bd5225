import { MAX_JSON_DEPTH } from '@cms/contracts';
import { isSoundText } from './sound-text.ts';

/** Why a value can't be stored as jsonb, and where in it; undefined where it can. */
export interface JsonProblem {
  readonly path: string;
  readonly code: 'too_deep' | 'invalid_text' | 'type';
  readonly says: string;
}

/** Looks through a JSON value for what PostgreSQL can't hold or a reader could trip over. */
export function jsonProblem(value: unknown, path: string, depth = 1): JsonProblem | undefined {
  if (typeof value === 'string')
    return isSoundText(value) ? undefined : { path, code: 'invalid_text', says: unsound };
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? undefined
      : { path, code: 'type', says: 'holds a number that is too large.' };
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value !== 'object') return { path, code: 'type', says: 'holds what is not JSON.' };
  if (depth > MAX_JSON_DEPTH)
    return { path, code: 'too_deep', says: `may be at most ${MAX_JSON_DEPTH} levels deep.` };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const problem = jsonProblem(value[index], `${path}.${index}`, depth + 1);
      if (problem) return problem;
    }
    return undefined;
  }
  for (const [key, own] of Object.entries(value)) {
    if (key === '__proto__')
      return { path, code: 'invalid_text', says: 'has the key "__proto__", which is not allowed.' };
    if (!isSoundText(key)) return { path, code: 'invalid_text', says: unsound };
    const problem = jsonProblem(own, `${path}.${key.slice(0, 100)}`, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

const unsound = 'contains a NUL character or half of a surrogate pair, which cannot be stored.';
