import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { connect, type ConnectionOptions, withConnection } from '../connection.ts';
import { allCollections } from '../all-collections.ts';
import type { Terminal } from '../terminal.ts';
import { collectionsSource } from './collections-source.ts';

interface Options extends ConnectionOptions {
  readonly out?: string;
}

/** `cms types`: the TypeScript types of a project's collections. */
export const typesCommand = (terminal: Terminal): Command =>
  withConnection(new Command('types'))
    .description('write TypeScript types of the collections, for createClient<Collections>()')
    .option('-o, --out <file>', 'the file to write; printed without it')
    .action(async (options: Options) => {
      const collections = await allCollections(connect(options));
      const source = collectionsSource(collections);
      if (options.out === undefined) return terminal.out(source.trimEnd());
      await writeFile(options.out, source);
      const count = collections.length === 1 ? '1 collection' : `${collections.length} collections`;
      terminal.note(`Wrote the types of ${count} to ${options.out}`);
    });
