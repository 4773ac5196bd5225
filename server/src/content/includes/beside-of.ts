import type { Beside } from '../entries/beside.ts';
import { openRows } from '../entries/read.ts';
import type { Included, Plan } from './plan.ts';

/** What the first level of a plan includes by its ids alone, as a list can read it with its entries. */
export function besideOf({ includes }: Plan): Beside[] {
  const byIds = includes.filter(isByIds);
  const groups = Map.groupBy(byIds, ({ plan }) => plan.ctx.collection.id);
  return [...groups.values()].map((group) => {
    const { ctx } = (group[0] as ByIds).plan;
    const relations = group.map(({ field }) => field);
    return {
      collectionId: ctx.collection.id,
      table: ctx.collection.statements.table,
      open: openRows(ctx, undefined),
      relations,
    };
  });
}

type ByIds = Included & { readonly plan: Plan };

const isByIds = (include: Included): include is ByIds =>
  include.plan !== undefined && !include.choice && !include.back;
