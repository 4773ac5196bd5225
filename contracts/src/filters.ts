import { z } from 'zod';
import { MAX_EXPRESSION_LENGTH } from './fields/limits.ts';

export { MAX_EXPRESSION_LENGTH };

/** What a field of a filter may be asked; the first twelve are document S3's. */
export const filterOperators = [
  'eq',
  'ne',
  'contains',
  'startsWith',
  'endsWith',
  'in',
  'nin',
  'gt',
  'gte',
  'lt',
  'lte',
  'exists',
  'has',
  'any',
  'near',
  'match',
] as const;
export type FilterOperator = (typeof filterOperators)[number];

/** `{"title":{"contains":"x"},"status":"published"}`; which fields there are, the collection says. */
export const FilterFields = z.record(z.string(), z.unknown()).meta({
  description: `By field, or dotted path through relations: a value that it equals, a list of such values, or an object of operators (${filterOperators.join(', ')}). in, nin and any take commas or lists; near takes lat,lng,metres; match asks for words, whatever their case and accents; _and, _or (lists of filters) and _not join filters.`,
  example: { 'sys.status': 'published' },
  // For the document alone: what is no name is refused by name, as a field that is not there.
  propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_.]*$' },
});

const inBrackets = { style: 'deepObject', explode: true } as const;

/** A filter in brackets (over tRPC as JSON), and nothing else (document S3). */
export const bracketFilter = FilterFields.optional().meta({ param: inBrackets });

const expression = z.string().min(1).max(MAX_EXPRESSION_LENGTH);
const error = ({ input }: { readonly input?: unknown }) =>
  input === undefined
    ? 'Say which by a filter, such as status=draft; sys.id[exists]=true means all.'
    : `Give fields in brackets, or one expression of at most ${MAX_EXPRESSION_LENGTH} characters.`;
const spelled = z.union([FilterFields, expression], { error });
const description =
  'Fields in brackets (filter[title][contains]=Welcome), or an expression (filter=title~"Welcome"&&featured=true)';

/** A filter in brackets, or an expression (document S4). Over tRPC: JSON, or an expression. */
export const filter = spelled.optional().meta({ description, param: inBrackets });
export type Filter = z.infer<typeof spelled>;

/** The same where one must be given: what is written by it should be meant. */
// For the document alone: what has nothing in it is refused in words of its own.
const someFields = FilterFields.meta({ minProperties: 1 });
export const requiredFilter = z.union([someFields, expression], { error }).meta({
  description: `${description}; sys.id[exists]=true means all`,
  // Whoever tries the example writes nothing.
  example: { 'sys.id': 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3' },
  param: inBrackets,
});
