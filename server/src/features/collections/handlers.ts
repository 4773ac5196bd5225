import type { collectionsContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { toCollection } from './collection.mapper.ts';
import { createCollection } from './create-collection.ts';
import { deleteCollection } from './delete-collection.ts';
import { isVisible, listCollections } from './list-collections.ts';
import { updateCollection } from './update-collection.ts';

export const collectionsHandlers = {
  list: listCollections,
  get: async (ctx, input) => {
    const schema = await ctx.schemas.project(ctx.project.id);
    const collection = schema.find(input.collection);
    if (!collection || !isVisible(ctx, collection)) throw notFound();
    return toCollection(collection, schema);
  },
  create: createCollection,
  update: updateCollection,
  delete: deleteCollection,
} satisfies HandlersOf<typeof collectionsContracts>;
