import type { Field } from '@cms/contracts';
import type { CmsClient } from '../client.ts';
import type { Collection } from '../resources/collections.ts';

/** A collection as the commands read it: its fields as one flat type instead of a union. */
export type LiveCollection = Omit<Collection, 'fields' | 'schema'> & {
  readonly fields: readonly Field[];
};

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

/** Every collection of the project, sorted by name. Throws ApiError and NetworkError. */
export async function allCollections(client: CmsClient): Promise<LiveCollection[]> {
  const collections: LiveCollection[] = [];
  for await (const { schema: _same, ...collection } of client.collections.iterate())
    collections.push(collection);
  return collections.toSorted(byName);
}
