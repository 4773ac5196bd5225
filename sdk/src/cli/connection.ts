import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CmsClient, createClient } from '../client.ts';
import { CliFailure } from './failure.ts';

/** Where the server is and as whom to call; every command takes them. */
export interface ConnectionOptions {
  readonly url: string;
  readonly apiKey?: string;
  readonly project?: string;
}

/** Adds the connection's options to a command. */
export const withConnection = (command: Command): Command =>
  command
    .addOption(
      new Option('--url <url>', 'the server').env('CMS_URL').default('http://localhost:3000'),
    )
    .addOption(new Option('--api-key <key>', 'an API key of the server').env('CMS_API_KEY'))
    .addOption(
      new Option('--project <id>', 'the project, for keys that reach several').env('CMS_PROJECT'),
    );

/** A client by a command's options. Throws CliFailure for a url that is none. */
export function connect(options: ConnectionOptions): CmsClient {
  const { url, apiKey, project } = options;
  try {
    return createClient({ url, apiKey, project, retries: 5 });
  } catch (error) {
    throw new CliFailure((error as Error).message, 2, { cause: error });
  }
}

/** Reads an option's number; commander names the option in the error. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
