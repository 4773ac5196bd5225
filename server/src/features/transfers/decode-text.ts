import type { FileStream } from '@cms/contracts';
import { Unreadable } from './unreadable.ts';

/** The text of a file, without a byte order mark. Throws Unreadable for bytes that are no UTF-8. */
export async function* decodeText(
  file: string | FileStream,
): AsyncGenerator<string, void, undefined> {
  if (typeof file === 'string') return yield* slicesOf(file.replace(/^\uFEFF/, ''));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of file) yield decoded(() => decoder.decode(bytes, { stream: true }));
  yield decoded(() => decoder.decode());
}

const SLICE = 65_536;

/** A text in parts, none of which begins in the middle of a character. */
function* slicesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const isPair = /[\uD800-\uDBFF]/.test(text[from + SLICE - 1] ?? '');
    const to = from + SLICE + (isPair ? 1 : 0);
    yield text.slice(from, to);
    from = to;
  }
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch (error) {
    throw new Unreadable(
      'encoding',
      'The file holds bytes that are no UTF-8; save it as UTF-8.',
      error,
    );
  }
}
