import type { FileStream } from '@cms/contracts';
import { Unreadable } from './unreadable.ts';

/** The text of a file, without a byte order mark. Throws Unreadable for bytes that are no UTF-8. */
export async function* decodeText(
  file: string | FileStream,
): AsyncGenerator<string, void, undefined> {
  if (typeof file === 'string') return yield file.replace(/^\uFEFF/, '');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of file) yield decoded(() => decoder.decode(bytes, { stream: true }));
  yield decoded(() => decoder.decode());
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
