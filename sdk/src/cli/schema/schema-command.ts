import { Command } from 'commander';
import { allCollections } from '../all-collections.ts';
import { connect, type ConnectionOptions, withConnection } from '../connection.ts';
import type { Finish } from '../program.ts';
import type { Terminal } from '../terminal.ts';
import { normalCollection } from './normal-collection.ts';
import { push, type PushOptions } from './push.ts';
import { DEFAULT_SCHEMA_FILE, writeSchemaFile } from './schema-file.ts';

/** `cms schema`: the collections as a file that is checked in, and back. */
export const schemaCommand = (terminal: Terminal, finish: Finish): Command =>
  new Command('schema')
    .description('keep the collections in a file')
    .addCommand(pullCommand(terminal))
    .addCommand(pushCommand(terminal, finish));

const fileArgument = ['[file]', 'the schema file', DEFAULT_SCHEMA_FILE] as const;

const pullCommand = (terminal: Terminal): Command =>
  withConnection(new Command('pull'))
    .description("write the server's collections to the file")
    .argument(...fileArgument)
    .action(async (file: string, options: ConnectionOptions) => {
      const collections = await allCollections(connect(options));
      await writeSchemaFile(
        file,
        collections.map((each) => normalCollection(each)),
      );
      const count = collections.length === 1 ? '1 collection' : `${collections.length} collections`;
      terminal.note(`Wrote ${count} to ${file}`);
    });

const pushCommand = (terminal: Terminal, finish: Finish): Command =>
  withConnection(new Command('push'))
    .description('make the collections of the server those of the file')
    .argument(...fileArgument)
    .option('--dry-run', 'only show what would change')
    .option('--allow-data-loss', 'carry out changes that lose values of entries')
    .option('--delete-missing', 'delete collections that are not in the file')
    .action(async (file: string, options: ConnectionOptions & PushOptions) => {
      finish(await push(connect(options), file, options, terminal));
    });
