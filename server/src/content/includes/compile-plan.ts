import type { Filter, Include } from '@cms/contracts';
import type { CollectionCtx } from '../context.ts';
import { compileOrder } from '../entries/order.ts';
import { isSystemName } from '../expressions/index.ts';
import type { Field, FieldOf } from '../fields/field.ts';
import { compileShape } from '../fields/shape.ts';
import { compileFilter, readerScope } from '../filters/compile-filter.ts';
import { isAboveRules } from '../policy/access.ts';
import { backReference } from '../policy/back-reference.ts';
import { openBeside } from '../policy/open-beside.ts';
import type { ProjectSchema } from '../schema/schema-registry.ts';
import { badView } from './include-error.ts';
import { isFlat } from './member-text.ts';
import type { Choice, Included, Plan } from './plan.ts';
import { type IncludeParameter, readWish, type Wish } from './read-include.ts';

/** What a request says of how much is to be shown. */
export interface ViewInput {
  readonly fields?: readonly string[] | undefined;
  readonly include?: Include | undefined;
  /** Document S4's name of `include`. */
  readonly expand?: Include | undefined;
}

/**
 * Compiles `fields` and `include`; undefined where a request asks for neither. A field that the caller
 * may not see is not there. Throws INVALID_INPUT that names what is unknown or no relation.
 */
export async function compilePlan(
  ctx: CollectionCtx,
  { fields, include, expand }: ViewInput,
): Promise<Plan | undefined> {
  const wanted = include ?? expand;
  if (fields === undefined && wanted === undefined) return undefined;
  const parameter = expand === undefined ? 'include' : 'expand';
  const known = await ctx.schemas.project(ctx.project.id);
  return new PlanCompiler(known, parameter).plan(ctx, readWish(fields, wanted, parameter));
}

/** Compiles wishes by the schema of one moment. */
export class PlanCompiler {
  readonly #known: ProjectSchema;
  readonly #parameter: IncludeParameter;

  constructor(known: ProjectSchema, parameter: IncludeParameter) {
    this.#known = known;
    this.#parameter = parameter;
  }

  /** What is shown of a collection's entries. Throws INVALID_INPUT as `compilePlan` does. */
  async plan(ctx: CollectionCtx, wish: Wish): Promise<Plan> {
    const readable = ctx.collection.fields.filter((field) => ctx.view.reads(field));
    const includes: Included[] = [];
    for (const [name, inner] of wish.includes)
      includes.push(await this.#include(ctx, readable, name, inner));
    const names = new Set([...(wish.fields ?? []), ...wish.includes.keys()]);
    // They are shown beside the fields, and no field is called so.
    for (const { name, back } of includes) if (back) names.delete(name);
    const shown = wish.fields && chosenOf(ctx, readable, names);
    // Of components and blocks the parts are hidden too.
    const showHidden = isAboveRules(ctx.principal);
    return {
      ctx,
      shown,
      shape: shown ? compileShape(shown, { retired: false, showHidden }) : ctx.view.shape,
      includes,
    };
  }

  async #include(
    ctx: CollectionCtx,
    readable: readonly Field[],
    name: string,
    wish: Wish,
  ): Promise<Included> {
    const field = readable.find((each) => each.name === name);
    if (!field) return this.#includeBack(ctx, name, wish);
    if (field.type !== 'relation')
      throw badView(this.#parameter, `"${name}" is a ${field.type} field: it leads to no entry.`);
    this.#refuseChoiceOfOne(field, wish);
    const target = this.#known.collectionOf(field.options.collection);
    const opened = target && openBeside(ctx, target);
    const base = { name, field, back: false, flat: isFlat(ctx.collection.fields) };
    if (!opened) return { ...base, plan: undefined, choice: undefined };
    const plan = await this.plan(opened, wish);
    return { ...base, plan, choice: await choiceOf(opened, wish) };
  }

  /** The entries that point here: as many as there may be, so that some are always chosen. */
  async #includeBack(ctx: CollectionCtx, name: string, wish: Wish): Promise<Included> {
    const found = backReference(ctx, this.#known, ctx.collection.id, name);
    if (!found) throw unknown(this.#parameter, ctx, name);
    const plan = await this.plan(found.ctx, wish);
    const choice = (await choiceOf(found.ctx, wish)) ?? usual;
    return {
      name,
      field: found.field,
      back: true,
      flat: isFlat(ctx.collection.fields),
      plan,
      choice,
    };
  }

  #refuseChoiceOfOne({ name, options }: FieldOf<'relation'>, wish: Wish): void {
    const { filter, sort, limit } = wish.options;
    if (options.multiple || (filter ?? sort ?? limit) === undefined) return;
    throw badView(
      this.#parameter,
      `"${name}" leads to one entry: its only option is fields. Filter the list itself by ${name}.….`,
    );
  }
}

/** Fields by name, in the order of asking. System fields stand in every entry anyway. */
const chosenOf = (ctx: CollectionCtx, readable: readonly Field[], names: ReadonlySet<string>) =>
  [...names].flatMap((name) => {
    const field = readable.find((each) => each.name === name);
    if (!field && !isSystemName(name)) throw unknown('fields', ctx, name);
    return field ? [field] : [];
  });

const usual: Choice = { filter: undefined, order: undefined, limit: undefined };

async function choiceOf(ctx: CollectionCtx, { options }: Wish): Promise<Choice | undefined> {
  const { filter, sort, limit } = options;
  if ((filter ?? sort ?? limit) === undefined) return undefined;
  const scope = await readerScope(ctx);
  return {
    filter: filter === undefined ? undefined : compileFilter(ctx, scope, filter as Filter).fragment,
    order: sort === undefined ? undefined : compileOrder(scope, sort),
    limit,
  };
}

const unknown = (parameter: string, { collection }: CollectionCtx, name: string) =>
  badView(parameter, `There is no field "${name.slice(0, 100)}" in "${collection.name}".`);

/** The paths that a plan includes, as they were asked for. */
export const includedPaths = (plan: Plan | undefined, prefix = ''): string[] =>
  (plan?.includes ?? []).flatMap(({ name, plan: inner }) => [
    `${prefix}${name}`,
    ...includedPaths(inner, `${prefix}${name}.`),
  ]);
