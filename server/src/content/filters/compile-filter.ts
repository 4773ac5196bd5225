import type { Filter } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import { compileTree, ExpressionError, type Scope } from '../expressions/index.ts';
import { backReference } from '../policy/back-reference.ts';
import { type BoundCondition, boundTo } from '../policy/bound-rule.ts';
import { openTo } from '../policy/open-to.ts';
import { type ReadFilter, readFilter } from './read-filter.ts';

/** How a caller's own filters and sorts read names: what it may not see is not there. */
export async function readerScope(ctx: CollectionCtx): Promise<Scope> {
  const { collection, schemas, project, principal, method, clock, view } = ctx;
  const known = await schemas.project(project.id);
  return {
    collection,
    find: (id) => (id === collection.id ? collection : known.collectionOf(id)),
    open: openTo(ctx, known),
    back: ({ id }, name) => {
      const found = backReference(ctx, known, id, name);
      return found && { collection: found.ctx.collection, field: found.field };
    },
    reads: ({ id }, field) => {
      const other = id === collection.id ? undefined : known.collectionOf(id);
      return (other?.views.of({ principal, method, clock }) ?? view).reads(field);
    },
    request: false,
  };
}

/** A condition, and the values of the row, as SQL, that are never null where it holds. */
export interface Compiled extends BoundCondition {
  readonly present: ReadonlySet<string>;
}

/**
 * A filter as SQL over a row of the collection's partition, in whatever spelling. Throws INVALID_INPUT
 * that names the field, or the character of an expression.
 */
export const compileFilter = (ctx: CollectionCtx, scope: Scope, filter: Filter): Compiled =>
  compileRead(ctx, scope, readFilter(filter));

/** The same of a filter that was read, also for an index that reads no SQL. */
export function compileRead(
  ctx: CollectionCtx,
  scope: Scope,
  { tree, sources }: ReadFilter,
): Compiled {
  try {
    const predicate = compileTree(tree, scope);
    return { ...boundTo(predicate, ctx), present: predicate.present };
  } catch (error) {
    throw error instanceof ExpressionError ? sources.refusal(error) : error;
  }
}
