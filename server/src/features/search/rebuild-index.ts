import type { SearchStatus } from '@cms/contracts';
import { type Ctx, transaction } from '../../content/context.ts';
import type { Collection } from '../../content/schema/collection.ts';
import { shapeOf } from '../../content/search/meilisearch/index-shape.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import { planIndex } from './feed/indexes.ts';
import type { IndexedSearch } from './open-search.ts';
import { readStatus } from './read-status.ts';

/**
 * Has the indexes of some collections, or of all, built anew beside the live ones; one that is being
 * built already goes on. Throws VALIDATION_ERROR for a collection that is not there.
 */
export async function rebuildIndex(
  ctx: Ctx,
  { collections: names }: { readonly collections?: readonly string[] | undefined },
  indexed: IndexedSearch | undefined,
): Promise<SearchStatus> {
  const { id: projectId } = ctx.project;
  const { collections } = await ctx.schemas.project(projectId);
  const wanted = names ? await named(ctx, names) : collections;
  if (indexed) {
    const { prefix } = indexed;
    await transaction(ctx, async ({ sql }) => {
      for (const { id, fields } of wanted) {
        const shape = shapeOf(fields);
        await planIndex({ sql, prefix }, { project_id: projectId, collection_id: id, shape });
      }
    });
    indexed.poke();
  }
  return readStatus(ctx, indexed);
}

async function named(ctx: Ctx, names: readonly string[]): Promise<Collection[]> {
  const found = await Promise.all(names.map((name) => ctx.schemas.find(ctx.project.id, name)));
  const missing = names.flatMap((name, index) =>
    found[index]
      ? []
      : [
          {
            field: `collections.${index}`,
            message: `There is no collection "${name.slice(0, 100)}" in this project.`,
            code: 'unknown_collection',
          },
        ],
  );
  if (missing.length > 0) throw invalid(missing);
  return found.filter((each) => each !== undefined);
}
