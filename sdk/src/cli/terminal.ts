/** Where a command reads and writes; tests give their own. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  /** What was asked for; a pipe may read it. */
  readonly out: (text: string) => void;
  /** What happens meanwhile, and what went wrong. */
  readonly note: (text: string) => void;
  /** True where somebody watches, so that a line may be drawn anew. */
  readonly watched: boolean;
}

/** The process's own. */
export const processTerminal: Terminal = {
  input: process.stdin,
  out: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
  watched: process.stderr.isTTY === true,
};
