import { z } from 'zod';

/** How deep relations may be followed in one include: `author.company.country`. */
export const MAX_INCLUDE_DEPTH = 3;
/** How many relations one request may include. */
export const MAX_INCLUDES = 10;
/** How many entries that point to another one come along with it where a request does not say. */
export const DEFAULT_BACK_LIMIT = 20;
/** How many included entries one answer may hold, each place that one stands in counted. */
export const MAX_INCLUDED = 10_000;

/** The fields that data is cut down to; `author.name` chooses among those of an included entry. */
export const fields = z.array(z.string().min(1).max(300)).min(1).max(200).optional().meta({
  description:
    'Fields to show, separated by commas; of an included entry by path (title,author.name). Included relations are always shown',
});

const back = `; posts_via_author are the entries of posts whose author it is, the newest ${DEFAULT_BACK_LIMIT} unless limit and sort say otherwise`;

/**
 * Relations whose entries come along: paths separated by commas (over tRPC a list will do), or by path
 * an object of options: fields, and for relations to many also filter, sort and limit.
 */
export const include = z
  .union([z.string().max(2000), z.array(z.unknown()), z.record(z.string(), z.unknown())], {
    error: 'Give the names of relations, or options in brackets.',
  })
  .optional()
  .meta({
    description: `Relations whose entries come along, as paths (author,author.company), at most ${MAX_INCLUDES} of them and ${MAX_INCLUDE_DEPTH} deep; with options in brackets (include[comments][limit]=3, sort, filter, fields)${back}. What is missing or not open to you stays an id`,
    param: { style: 'deepObject', explode: true },
  });
export type Include = NonNullable<z.infer<typeof include>>;

/** The same beside the data (document S4): the reply's `expand` holds the entries, data keeps the ids. */
export const expand = include.meta({
  description: `Relations whose records are put into expand, as paths (author,author.company), at most ${MAX_INCLUDES} of them and ${MAX_INCLUDE_DEPTH} deep; with options in brackets (expand[comments][limit]=3, sort, filter, fields)${back}. What is missing or not open to you is left out`,
  param: { style: 'deepObject', explode: true },
});
