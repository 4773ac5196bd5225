import { isSoundText } from '../fields/types/sound-text.ts';
import { isText, isTime, type Kind } from './kinds.ts';
import { timeText } from './read-literal.ts';

/** A field of `@request.data` that an expression asks for. */
export interface SentField {
  readonly key: string;
  readonly kind: Kind;
}

type Data = Readonly<Record<string, unknown>>;

/**
 * What an expression sees of the data that was sent, as JSON text by storage key. The data was not
 * checked yet: what does not fit its field is null here, and the write itself is refused for it later.
 */
export function sentText(fields: ReadonlyMap<string, SentField>, data: Data): string {
  const seen: Record<string, unknown> = {};
  for (const [name, { key, kind }] of fields)
    if (Object.hasOwn(data, name)) seen[key] = fitting(kind, data[name]);
  return JSON.stringify(seen);
}

function fitting(kind: Kind, value: unknown): unknown {
  if (isTime(kind)) return typeof value === 'string' ? (timeText(kind, value) ?? null) : null;
  if (isText(kind)) return typeof value === 'string' && isSoundText(value) ? value : null;
  if (kind === 'number') return typeof value === 'number' ? value : null;
  if (kind === 'boolean') return typeof value === 'boolean' ? value : null;
  if (kind === 'opaque') return value === null || value === undefined ? null : true;
  return Array.isArray(value) &&
    value.every((each) => typeof each === 'string' && isSoundText(each))
    ? value
    : null;
}
