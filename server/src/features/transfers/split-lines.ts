import { MAX_LINE } from './limits.ts';
import { Unreadable } from './unreadable.ts';

/** The lines of a text, one at a time. Throws Unreadable for one that is too long to be held. */
export async function* splitLines(
  text: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  let begun: string[] = [];
  let length = 0;
  let line = 1;
  for await (const chunk of text) {
    let from = 0;
    for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', from)) {
      begun.push(chunk.slice(from, at));
      length += at - from;
      if (length > MAX_LINE) throw tooLong(line);
      yield begun.join('');
      [begun, length, line, from] = [[], 0, line + 1, at + 1];
    }
    begun.push(chunk.slice(from));
    length += chunk.length - from;
    if (length > MAX_LINE) throw tooLong(line);
  }
  if (length > 0) yield begun.join('');
}

const tooLong = (line: number) =>
  new Unreadable('max_length', `Line ${line} is longer than ${MAX_LINE} characters.`);
