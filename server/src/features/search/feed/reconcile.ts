import { settingsOf, shapeOf } from '../../../content/search/meilisearch/index-shape.ts';
import type { FeedTools } from './feed-tools.ts';
import { type IndexRow, indexesOf, isWhole, leaveIndex, makeIndex, planIndex } from './indexes.ts';

/**
 * Makes the indexes of a project what its collections are now: of each that has none for its fields, or
 * one that Meilisearch has lost, one is begun; what is for no collection any more leaves.
 */
export async function reconcile(tools: FeedTools, projectId: string): Promise<void> {
  tools.schemas.forget(projectId);
  const { collections } = await tools.schemas.project(projectId);
  const rows = await indexesOf(tools, projectId);
  const known = new Set(collections.map(({ id }) => id));
  for (const row of rows)
    if (row.state !== 'leaving' && !known.has(row.collection_id)) await leaveIndex(tools, row);
  for (const { id, fields } of collections) {
    const shape = shapeOf(fields);
    const own = rows.filter((row) => row.collection_id === id && row.state !== 'leaving');
    const usable: IndexRow[] = [];
    for (const row of own) {
      const keeps = row.made_at === '' || (await isWhole(tools, row));
      // One for other fields goes on being searched until the next is built.
      if (!keeps || (row.state === 'building' && row.shape !== shape)) await leaveIndex(tools, row);
      else usable.push(row);
    }
    if (!usable.some((row) => row.shape === shape)) {
      const wanted = { project_id: projectId, collection_id: id, shape };
      usable.push(...(await planIndex(tools, wanted)));
    }
    for (const row of usable)
      if (row.made_at === '') await makeIndex(tools, row, settingsOf(fields));
  }
}
