import { fromUUIDBytes } from 'typeid-js';
import { V7Generator } from 'uuidv7';
import type { Clock } from '../clock/clock.ts';

export type IdPrefix =
  | 'proj'
  | 'team'
  | 'role'
  | 'inv'
  | 'col'
  | 'fld'
  | 'ent'
  | 'key'
  | 'req'
  | 'user'
  | 'sess'
  | 'sig'
  | 'aud';

/** Makes a TypeID: a prefix over a UUIDv7. */
export type NewId = (prefix: IdPrefix) => string;

/**
 * Ids that sort by the time they were made: two made by one generator never sort the other way
 * round, also within a millisecond, so that ordering by id is ordering by creation.
 */
export function idsBy(clock: Clock): NewId {
  const generator = new V7Generator();
  return (prefix) => {
    const uuid = generator.generateOrResetCore(clock.now().getTime(), 10_000);
    return fromUUIDBytes(prefix, uuid.bytes);
  };
}

/** True where a text can be an id of that kind at all. */
export const isId = (prefix: IdPrefix, text: string): boolean =>
  text.length === prefix.length + 27 &&
  text.startsWith(`${prefix}_`) &&
  /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(text.slice(prefix.length + 1));
