import type { CollectionCtx } from '../context.ts';
import { isSystemName } from '../expressions/index.ts';
import { backReference } from '../policy/back-reference.ts';
import type { ProjectSchema } from '../schema/schema-registry.ts';
import { PlanCompiler, type ViewInput } from './compile-plan.ts';
import { badView } from './include-error.ts';
import type { Plan } from './plan.ts';
import { readWish, type Wish } from './read-include.ts';

/**
 * Compiles one view for the entries of several collections, each of which shows what it has of it; undefined
 * where a request asks for nothing in particular. By the collections' ids. Throws INVALID_INPUT that names
 * what none of them has.
 */
export async function compilePlans(
  ctxs: readonly CollectionCtx[],
  { fields, include }: Pick<ViewInput, 'fields' | 'include'>,
): Promise<ReadonlyMap<string, Plan> | undefined> {
  const [first] = ctxs;
  if (!first || (fields === undefined && include === undefined)) return undefined;
  const known = await first.schemas.project(first.project.id);
  const wish = readWish(fields, include, 'include');
  const compiler = new PlanCompiler(known, 'include');
  const plans = new Map<string, Plan>();
  const met = { fields: new Set<string>(), include: new Set<string>() };
  for (const ctx of ctxs) {
    const own = ownWish(ctx, known, wish);
    for (const name of own.fields ?? []) met.fields.add(name);
    for (const name of own.includes.keys()) met.include.add(name);
    plans.set(ctx.collection.id, await compiler.plan(ctx, own));
  }
  refuseUnmet('fields', wish.fields ?? [], met.fields);
  refuseUnmet('include', wish.includes.keys(), met.include);
  return plans;
}

/** What a collection has of a wish, as the caller sees it. */
function ownWish(ctx: CollectionCtx, known: ProjectSchema, wish: Wish): Wish {
  const readable = ctx.collection.fields.filter((field) => ctx.view.reads(field));
  const leads = (name: string) => {
    const field = readable.find((each) => each.name === name);
    if (field) return field.type === 'relation';
    return backReference(ctx, known, ctx.collection.id, name) !== undefined;
  };
  const includes = new Map([...wish.includes].filter(([name]) => leads(name)));
  const shows = (name: string) =>
    isSystemName(name) || includes.has(name) || readable.some((field) => field.name === name);
  return { ...wish, fields: wish.fields && new Set([...wish.fields].filter(shows)), includes };
}

function refuseUnmet(parameter: string, names: Iterable<string>, met: ReadonlySet<string>): void {
  for (const name of names) {
    if (met.has(name)) continue;
    const what = parameter === 'include' ? 'relation' : 'field';
    throw badView(
      parameter,
      `There is no ${what} "${name.slice(0, 100)}" in any of these collections.`,
    );
  }
}
