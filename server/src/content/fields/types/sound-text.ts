import { MAX_INDEXED_BYTES } from '@cms/contracts';

/** True where PostgreSQL can hold a text in jsonb: no NUL, no half of a surrogate pair. */
export const isSoundText = (text: string): boolean =>
  !text.includes('\u0000') && text.isWellFormed();

export const unsoundText =
  'contains a NUL character or half of a surrogate pair, which cannot be stored; remove it.';

/** Unicode code points, counted only where the UTF-16 length can't settle the question. */
export function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) at += 1;
    count += 1;
  }
  return count;
}

/** True where an index row can hold a text. */
export const fitsIndex = (text: string): boolean =>
  text.length * 3 <= MAX_INDEXED_BYTES || Buffer.byteLength(text) <= MAX_INDEXED_BYTES;
