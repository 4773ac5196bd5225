import { MAX_INCLUDE_DEPTH, MAX_INCLUDES } from '@cms/contracts';
import { isObject } from '../fields/types/plain-object.ts';
import { badView } from './include-error.ts';

/** What may be said of one relation beside its name. */
export interface IncludeOptions {
  readonly fields?: readonly string[];
  readonly filter?: unknown;
  readonly sort?: string;
  readonly limit?: number;
}

/** What is wanted of a collection's entries: by name, nothing looked up yet. */
export interface Wish {
  fields: Set<string> | undefined;
  options: IncludeOptions;
  readonly includes: Map<string, Wish>;
}

/** How the parameter for includes is called, which is not the same in all documents. */
export type IncludeParameter = 'include' | 'expand';

const emptyWish = (): Wish => ({ fields: undefined, options: {}, includes: new Map() });

/**
 * Reads `fields` and `include` as one tree of wishes. Throws INVALID_INPUT for too many or too deep
 * relations, unknown options, and fields of a relation that is not included.
 */
export function readWish(
  fields: readonly string[] | undefined,
  include: unknown,
  parameter: IncludeParameter,
): Wish {
  const root = emptyWish();
  for (const [path, options] of pathsOf(include, parameter)) {
    const names = path.split('.');
    if (names.length > MAX_INCLUDE_DEPTH)
      throw badView(
        parameter,
        `"${path.slice(0, 100)}" follows too many relations: ${MAX_INCLUDE_DEPTH} at most.`,
      );
    const wish = names.reduce((at, name) => {
      const known = at.includes.get(name) ?? emptyWish();
      at.includes.set(name, known);
      return known;
    }, root);
    wish.options = { ...wish.options, ...options };
  }
  if (sizeOf(root) > MAX_INCLUDES)
    throw badView(parameter, `At most ${MAX_INCLUDES} relations are included at once.`);
  // A list's items may hold commas: the parameter was repeated.
  for (const path of (fields ?? []).flatMap((each) => each.split(',')))
    choose(root, path, parameter);
  chooseInside(root, parameter);
  return root;
}

const sizeOf = ({ includes }: Wish): number =>
  [...includes.values()].reduce((sum, each) => sum + 1 + sizeOf(each), 0);

/** Fields that an include's own options name. */
function chooseInside({ includes }: Wish, parameter: IncludeParameter): void {
  for (const wish of includes.values()) {
    for (const path of wish.options.fields ?? []) choose(wish, path, parameter);
    chooseInside(wish, parameter);
  }
}

function choose(root: Wish, path: string, parameter: IncludeParameter): void {
  const names = path.trim().split('.');
  const last = names.pop() as string;
  // `sys.status` is a system field by its long name; the short one is enough here.
  if (names.length === 1 && names[0] === 'sys') return choose(root, last, parameter);
  let wish = root;
  wish.fields ??= new Set();
  for (const name of names) {
    const next = wish.includes.get(name);
    if (!next) {
      const message = `"${path.slice(0, 100)}" chooses among the fields of "${name.slice(0, 100)}", which is not included: name that in ${parameter}.`;
      throw badView('fields', message);
    }
    wish = next;
    wish.fields ??= new Set();
  }
  wish.fields.add(last);
}

type Named = readonly [path: string, options: IncludeOptions];

/** Lists within lists: query strings that mix spellings have one. */
const MAX_NESTING = 2;

/** The paths of every spelling: a text with commas, lists, objects by path, and these mixed. */
function pathsOf(include: unknown, parameter: IncludeParameter, depth = 0): readonly Named[] {
  if (include === undefined || include === '') return [];
  if (typeof include === 'string')
    return include.split(',').map((path) => [nameOf(path, parameter), {}]);
  if (Array.isArray(include) && depth <= MAX_NESTING)
    return include.flatMap((each) => pathsOf(each, parameter, depth + 1));
  if (!isObject(include) || depth > MAX_NESTING)
    throw badView(parameter, 'Give the names of relations.');
  return Object.entries(include).flatMap(([key, value]): readonly Named[] => {
    // Query strings that mix names and brackets number the names; no field's name is a number.
    if (/^\d+$/.test(key)) return pathsOf(value, parameter, depth + 1);
    const path = nameOf(key, parameter);
    return [value].flat().map((each): Named => [path, optionsOf(path, each, parameter)]);
  });
}

function nameOf(path: string, parameter: IncludeParameter): string {
  const name = path.trim();
  if (name === '') throw badView(parameter, 'There is a name missing between the commas.');
  return name;
}

function optionsOf(path: string, value: unknown, parameter: IncludeParameter): IncludeOptions {
  if (value === '' || value === true || value === 'true') return {};
  const key = `${parameter}[${path.slice(0, 100)}]`;
  if (!isObject(value))
    throw badView(parameter, `${key} takes options: fields, filter, sort, limit.`);
  const { fields, filter, sort, limit, ...others } = value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw badView(
      parameter,
      `${key} has no option "${unknown.slice(0, 100)}"; there is fields, filter, sort, limit.`,
    );
  return {
    ...(fields === undefined ? {} : { fields: textsOf(`${key}[fields]`, fields, parameter) }),
    ...(filter === undefined ? {} : { filter }),
    ...(sort === undefined ? {} : { sort: textsOf(`${key}[sort]`, sort, parameter).join(',') }),
    ...(limit === undefined ? {} : { limit: limitOf(`${key}[limit]`, limit, parameter) }),
  };
}

function textsOf(key: string, value: unknown, parameter: IncludeParameter): readonly string[] {
  const texts = [value]
    .flat()
    .flatMap((each) => (typeof each === 'string' ? each.split(',') : [each]));
  if (texts.every((each) => typeof each === 'string')) return texts;
  throw badView(parameter, `${key} takes names, separated by commas.`);
}

/** The most entries that a limit lets through for each that points to them. */
const MAX_LIMIT = 100;

function limitOf(key: string, value: unknown, parameter: IncludeParameter): number {
  const limit = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT)
    return limit;
  throw badView(parameter, `${key} takes a number from 1 to ${MAX_LIMIT}.`);
}
