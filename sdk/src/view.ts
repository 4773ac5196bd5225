import { type Filter, filterQuery } from './filter.ts';

/** What an included relation takes beside its name; all but `fields` for relations to many alone. */
export interface IncludeOptions {
  readonly fields?: readonly string[];
  readonly filter?: Filter;
  readonly sort?: string | readonly string[];
  /** Of each relation, at most so many entries. */
  readonly limit?: number;
}

/** A relation, the entries that point here by one (`posts_via_author`), or a path of these. */
export type Path<Fields extends string> =
  | Fields
  | `${Fields}.${string}`
  | `${string}_via_${string}`;

/** Relations to include, as paths (`author.company`), or by path what to choose of them. */
export type Include<Fields extends string = string> =
  | readonly Path<Fields>[]
  | { readonly [P in Path<Fields>]?: true | IncludeOptions };

/** How much of entries is shown; `I` and `F` are what a call says of it. */
export interface View<
  Fields extends string = string,
  I extends Include<Fields> = Include<Fields>,
  F extends Path<Fields> = Path<Fields>,
> {
  /** The fields to show; of included entries by path: `['title', 'author.name']`. */
  readonly fields?: readonly F[];
  /** Relations whose entries stand in the place of their ids. */
  readonly include?: I;
}

/** As it is when taken apart. */
type Undefinable<T> = { readonly [K in keyof T]: T[K] | undefined };

const isList = (include: Include): include is readonly string[] => Array.isArray(include);

/** A view as query strings can say it. */
export const viewQuery = ({ fields, include }: Partial<Undefinable<View>>) => ({
  ...(fields === undefined ? {} : { fields: [...fields] }),
  ...(include === undefined ? {} : { include: includeQuery(include) }),
});

function includeQuery(include: Include): string | Record<string, unknown> {
  if (isList(include)) return include.join(',');
  return Object.fromEntries(
    Object.entries(include).map(([path, options]) => [path, optionsQuery(options)]),
  );
}

function optionsQuery(options: true | IncludeOptions | undefined): unknown {
  // An empty object would leave nothing to send.
  if (typeof options !== 'object' || Object.keys(options).length === 0) return options && true;
  const { filter, ...others } = options;
  return filter === undefined ? others : { ...others, filter: filterQuery(filter) };
}
