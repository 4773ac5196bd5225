import type { ErrorCode, ErrorDetail } from '@cms/contracts';
import { MAX_ISSUES } from '../../content/fields/issue.ts';
import { AppError } from '../../platform/errors/app-error.ts';

/** Where an item of a request is, for errors. */
export interface Place {
  /** The item itself, such as `entries.3`. */
  readonly item: string;
  /** Its id, such as `entries.3.id`. */
  readonly id: string;
  /** A field of it, such as `entries.3.title`. */
  readonly field: (name: string) => string;
}

/** The places of items that hold fields: `entries.3`. */
export const itemPlace =
  (list: string) =>
  (index: number): Place => {
    const item = `${list}.${index}`;
    return { item, id: `${item}.id`, field: (name) => (name === '' ? item : `${item}.${name}`) };
  };

/** The places of items that are ids: `entry_ids.2`. */
export const idPlace =
  (list: string) =>
  (index: number): Place => {
    const item = `${list}.${index}`;
    return { item, id: item, field: () => item };
  };

/** The places of entries that nobody listed: their ids, `ent_….title`. */
export const entryPlace =
  (ids: readonly string[]) =>
  (index: number): Place => {
    const item = ids[index] as string;
    return { item, id: item, field: (name) => (name === '' ? item : `${item}.${name}`) };
  };

/** Which code speaks for all, where items are refused for different reasons; others come last. */
const precedence: readonly ErrorCode[] = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'VALIDATION_ERROR',
  'PRECONDITION_REQUIRED',
  'PRECONDITION_FAILED',
];

/**
 * One refusal for a request with many items, with every mistake by its place. An id that leads nowhere
 * is a mistake of the body.
 */
export function refusalAt(
  failures: ReadonlyMap<number, AppError>,
  placeOf: (index: number) => Place,
): AppError {
  const inOrder = [...failures].toSorted(([one], [other]) => one - other);
  const codes = new Set(inOrder.map(([, { code }]) => bodyCode(code)));
  const code = precedence.find((each) => codes.has(each)) ?? ([...codes][0] as ErrorCode);
  const details = inOrder.flatMap(([index, error]) => detailsAt(error, placeOf(index)));
  const messages = new Set(inOrder.map(([, error]) => error.message));
  const same = codes.size === 1 && messages.size === 1 && !codes.has('VALIDATION_ERROR');
  return new AppError(code, same ? [...messages][0] : undefined, {
    details: details.slice(0, MAX_ISSUES),
  });
}

const bodyCode = (code: ErrorCode): ErrorCode => (code === 'NOT_FOUND' ? 'VALIDATION_ERROR' : code);

function detailsAt({ code, message, details }: AppError, place: Place): ErrorDetail[] {
  if (code === 'NOT_FOUND')
    return [{ field: place.id, message: 'There is no such entry here.', code: 'not_found' }];
  if (details.length === 0) return [{ field: place.item, message, code: code.toLowerCase() }];
  return details.map((detail) => ({ ...detail, field: place.field(detail.field) }));
}
