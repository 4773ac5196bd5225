import type { SearchStatus } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { shapeOf } from '../../content/search/meilisearch/index-shape.ts';
import { prepared } from '../../platform/db/sql.ts';
import { indexesOf } from './feed/indexes.ts';
import type { IndexedSearch } from './open-search.ts';

/** Of more changes than these only that there are as many is said. */
const MAX_COUNTED = 10_000;

const behind = prepared(
  `select count(*)::int as changes, coalesce(extract(epoch from $2::timestamptz - min(at)), 0)::float8 as seconds
  from (select e.at from events e left join search_feeds f on f.project_id = e.project_id
    where e.project_id = $1 and (e.xid, e.id) > (coalesce(f.event_xid, '0'), coalesce(f.event_id, 0))
    order by e.xid, e.id limit ${MAX_COUNTED}) as waiting`,
);

/** The state of the project's search index. */
export async function readStatus(
  ctx: Ctx,
  indexed: IndexedSearch | undefined,
): Promise<SearchStatus> {
  if (!indexed)
    return {
      engine: 'postgres',
      available: true,
      behind: { changes: 0, seconds: 0 },
      indexes: [],
    };
  const [available, [late], rows, schema] = await Promise.all([
    indexed.isAvailable(),
    ctx.sql.rows<SearchStatus['behind']>(behind, [ctx.project.id, ctx.clock.now().toISOString()]),
    indexesOf(ctx, ctx.project.id),
    ctx.schemas.project(ctx.project.id),
  ]);
  const indexes = rows.flatMap(({ collection_id, state, shape }) => {
    const collection = schema.collectionOf(collection_id);
    if (!collection || state === 'leaving') return [];
    const current = shape === shapeOf(collection.fields);
    return [{ collection: collection.name, state, current }];
  });
  const { changes = 0, seconds = 0 } = late ?? {};
  return {
    engine: 'meilisearch',
    available,
    behind: { changes, seconds: Math.max(0, Number(seconds.toFixed(3))) },
    indexes,
  };
}
