import type { CollectionCtx } from '../context.ts';
import type { FieldOf } from '../fields/field.ts';
import type { ProjectSchema } from '../schema/schema-registry.ts';
import { openBeside } from './open-beside.ts';

/** A relation, seen from the collection that it points to. */
export interface BackReference {
  /** Its collection, opened to the caller. */
  readonly ctx: CollectionCtx;
  readonly field: FieldOf<'relation'>;
}

const between = '_via_';

/**
 * The relation that a name such as `posts_via_author` means in the collection with the id `to`; undefined where
 * there is none that the caller could see from its own side. Names may hold `_via_` themselves: the first
 * reading that leads somewhere is meant.
 */
export function backReference(
  ctx: CollectionCtx,
  known: ProjectSchema,
  to: string,
  name: string,
): BackReference | undefined {
  for (let at = name.indexOf(between); at > 0; at = name.indexOf(between, at + 1)) {
    const target = known.collections.find((each) => each.name === name.slice(0, at));
    const opened = target && openBeside(ctx, target);
    const field = opened?.collection.fields.find(
      (each) => each.name === name.slice(at + between.length),
    );
    if (opened && field?.type === 'relation' && field.options.collection === to)
      if (opened.view.reads(field)) return { ctx: opened, field };
  }
  return undefined;
}
