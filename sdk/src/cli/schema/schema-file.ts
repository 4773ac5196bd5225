import { readFile, writeFile } from 'node:fs/promises';
import { CliFailure } from '../failure.ts';
import {
  type AnyCollection,
  normalCollection,
  type NormalCollection,
} from './normal-collection.ts';

export const DEFAULT_SCHEMA_FILE = 'cms.schema.json';

/**
 * Reads a schema file. Throws CliFailure, with where and why, for what is no list of collections;
 * what the collections themselves must be the server checks.
 */
export async function readSchemaFile(path: string): Promise<NormalCollection[]> {
  const fail = (why: string, cause?: unknown): never => {
    throw new CliFailure(`${path} is no schema file: ${why}`, 2, { cause });
  };
  const text = await readFile(path, 'utf8');
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return fail(`it is no JSON: ${(error as Error).message}.`, error);
  }
  const collections = (content as { collections?: unknown } | null)?.collections;
  if (!Array.isArray(collections)) return fail('it has no list "collections".');
  const names = new Set<string>();
  for (const [index, each] of collections.entries()) {
    const { name, fields, schema } = (each ?? {}) as Partial<Record<string, unknown>>;
    if (typeof name !== 'string') return fail(`collections[${index}] has no name.`);
    if (!isFieldList(fields ?? schema ?? []))
      return fail(`the fields of "${name}" are no list of fields with name and type.`);
    if (names.has(name.toLowerCase())) return fail(`"${name}" is there twice.`);
    names.add(name.toLowerCase());
  }
  return (collections as AnyCollection[]).map((each) => normalCollection(each));
}

const isFieldList = (fields: unknown): boolean =>
  Array.isArray(fields) &&
  fields.every((field: unknown) => {
    const { name, type } = (field ?? {}) as Partial<Record<string, unknown>>;
    return typeof name === 'string' && typeof type === 'string';
  });

/** Writes collections, sorted by name: the same collections give the same text. */
export const writeSchemaFile = (
  path: string,
  collections: readonly NormalCollection[],
): Promise<void> => writeFile(path, schemaText(collections));

/** The text of a schema file. */
export const schemaText = (collections: readonly NormalCollection[]): string => {
  const sorted = collections.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return `${JSON.stringify({ collections: sorted }, null, 2)}\n`;
};
