import { join } from 'node:path';
import { ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A root key of the form that the configuration asks for. */
export const rootKey = 'root_key_of_the_end_to_end_tests';

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
  readonly dataDir: string;
  readonly process: ServerProcess;
  stop(): Promise<void>;
}

/** The settings of a server of one's own: a free port and a new data folder. */
export const ownSettings = () => ({
  PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR: join(temporaryFolder(), 'data'),
  LOG_FORMAT: 'json',
});

/** Waits for the line that says where the server is; its address, without a slash at the end. */
export async function addressOf(server: ServerProcess): Promise<string> {
  const [, url] = await server.printed(/Ready at (http:\/\/[^\s"]+)/);
  return url as string;
}

/**
 * Starts the server as the README does, on an embedded database of its own, and waits until it is
 * ready. `settings` are further environment variables. Throws, with its output, when it can't start.
 */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const defaults = { ...ownSettings(), ROOT_API_KEY: rootKey };
  const all: typeof defaults = { ...defaults, ...settings };
  const process = new ServerProcess(all);
  const url = await addressOf(process);
  return {
    url,
    apiKey: all.ROOT_API_KEY,
    dataDir: all.DATA_DIR,
    process,
    stop: async () => void (await process.stop()),
  };
}
