import { type Scope, wordsOf } from '../expressions/index.ts';
import { isObject } from '../fields/types/plain-object.ts';
import { badSearch } from './search-text.ts';

type Translate = (value: unknown, key: string) => unknown;

/** What a clause with one field asks of it: `{"term":{"status":"x"}}`. */
const ofField =
  (kind: string, asked: (value: unknown, key: string) => object): Translate =>
  (clause, key) => {
    const [entry, ...more] = isObject(clause) ? Object.entries(clause) : [];
    if (!entry || more.length > 0)
      throw badSearch(key, `"${kind}" takes an object with one field, such as {"title":…}.`);
    const [name, value] = entry;
    return withField(name, asked(value, key));
  };

const withField = (name: string, asked: object): object =>
  '_or' in asked
    ? { _or: (asked._or as object[]).map((each) => ({ [name]: each })) }
    : { [name]: asked };

/** `{"value":x}` says the same as `x`. */
const valueOf = (value: unknown, name = 'value'): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : value;

const bounds = new Set(['gt', 'gte', 'lt', 'lte']);

/** The clauses that readers of Elasticsearch know, in the spelling of all filters. */
const translations: ReadonlyMap<string, Translate> = new Map([
  [
    'match',
    ofField('match', (value, key) => {
      const text = valueOf(value, 'query');
      if (typeof text === 'object') throw badSearch(key, '"match" takes a text.');
      const words = wordsOf(String(text));
      const all = isObject(value) && String(value['operator']).toLowerCase() === 'and';
      if (all || words.length < 2) return { match: String(text) };
      return { _or: words.map((word) => ({ match: word })) };
    }),
  ],
  ['term', ofField('term', (value) => ({ has: valueOf(value) }))],
  ['terms', ofField('terms', (value) => ({ in: value }))],
  ['prefix', ofField('prefix', (value) => ({ startsWith: valueOf(value) }))],
  [
    'range',
    ofField('range', (value, key) => {
      if (isObject(value) && Object.keys(value).every((name) => bounds.has(name))) return value;
      throw badSearch(key, '"range" takes gt, gte, lt and lte.');
    }),
  ],
  [
    'exists',
    (value, key) => {
      const field = isObject(value) ? value['field'] : undefined;
      if (typeof field === 'string') return { [field]: { exists: true } };
      throw badSearch(key, '"exists" takes {"field": name}.');
    },
  ],
]);

/**
 * A clause of a query as a filter: it is one already, or one of Elasticsearch's own. A field that is
 * called like one of those is the field. Throws INVALID_INPUT.
 */
export function plainClause(scope: Scope, clause: unknown, key: string): unknown {
  if (!isObject(clause)) return clause;
  const [name = '', ...more] = Object.keys(clause);
  const translate = more.length === 0 ? translations.get(name) : undefined;
  const isField = scope.collection.fields.some(
    (field) => field.name === name && (scope.reads?.(scope.collection, field) ?? true),
  );
  if (!translate || isField) return clause;
  return translate(clause[name], key);
}
