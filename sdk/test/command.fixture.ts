import { Readable } from 'node:stream';
import { run } from '../src/cli/program.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly notes: string;
}

/** Runs `cms` in this process, and gives what it said and its exit code. */
export async function cms(args: readonly string[], input = ''): Promise<Ran> {
  const out: string[] = [];
  const notes: string[] = [];
  const code = await run(['node', 'cms', ...args], {
    input: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    out: (text) => out.push(text),
    note: (text) => notes.push(text),
    watched: false,
  });
  return { code, out: out.join('\n'), notes: notes.join('\n') };
}
