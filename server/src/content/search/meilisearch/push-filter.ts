import type { Asks, Condition } from '../../expressions/index.ts';
import type { Field } from '../../fields/field.ts';
import type { BoundCondition } from '../../policy/bound-rule.ts';
import {
  comparableOf,
  type Comparable,
  comparedAttribute,
  systemAttributes,
} from './index-shape.ts';

/** What an index can tell of a condition: never less than all entries that meet it. */
export interface Pushed {
  /** As Meilisearch reads filters; null lets everything through. */
  readonly filter: string | null;
  /** True where it lets through nothing else. */
  readonly exact: boolean;
}

const everything: Pushed = { filter: null, exact: true };
const unknown: Pushed = { filter: null, exact: false };

/** A condition as a filter on the attributes of an index that holds some fields. */
export function pushFilter(
  { condition, request }: BoundCondition,
  fields: readonly Field[],
): Pushed {
  const push = (each: Condition, positive: boolean): Pushed => {
    if (each.kind === 'not') return push(each.item, !positive);
    if (each.kind === 'test') return pushTest(each.asks, positive);
    const every = (each.kind === 'all') === positive;
    const items = each.items.map((item) => push(item, positive));
    return every ? allOf(items) : anyOf(items);
  };
  const pushTest = (asks: Asks | undefined, positive: boolean): Pushed => {
    const attribute = asks && attributeOf(asks.column, fields);
    if (!attribute) return unknown;
    const { name } = attribute;
    const values = asks.slots.map((slot) => valueOf(slot(request), attribute));
    if (values.includes(undefined)) return unknown;
    const test = asks.is === 'present' ? `${name} EXISTS` : comparison(name, asks.is, values);
    return { filter: positive ? test : `NOT (${test})`, exact: true };
  };
  return push(condition, true);
}

/** Several that must all hold: what is not known of one still leaves the others. */
export function allOf(items: readonly Pushed[]): Pushed {
  const filters = items.flatMap(({ filter }) => (filter === null ? [] : [filter]));
  return {
    filter: filters.length > 0 ? filters.map((each) => `(${each})`).join(' AND ') : null,
    exact: items.every(({ exact }) => exact),
  };
}

function anyOf(items: readonly Pushed[]): Pushed {
  // None at all holds for nothing, which no filter says.
  if (items.length === 0) return unknown;
  if (items.some(({ filter }) => filter === null))
    return items.some(({ filter, exact }) => filter === null && exact) ? everything : unknown;
  return {
    filter: items.map(({ filter }) => `(${filter})`).join(' OR '),
    exact: items.every(({ exact }) => exact),
  };
}

function comparison(name: string, is: Exclude<Asks['is'], 'present'>, values: readonly unknown[]) {
  return is === '=' ? `${name} IN [${values.join(', ')}]` : `${name} ${is} ${String(values[0])}`;
}

/** An attribute that tells of a column. */
interface Attribute {
  readonly name: string;
  readonly comparable: Comparable;
  /** All values that there are, where those are known. */
  readonly options?: readonly string[];
}

function attributeOf(column: string, fields: readonly Field[]): Attribute | undefined {
  const system = column.startsWith('sys.') ? column.slice(4) : undefined;
  const known = system === undefined ? undefined : systemAttributes[system];
  if (system !== undefined && known) return { name: system, comparable: known };
  const field = fields.find(({ id }) => id === column);
  const comparable = field && comparableOf(field);
  if (!comparable) return undefined;
  const name = JSON.stringify(comparedAttribute(field));
  return field.type === 'select'
    ? { name, comparable, options: field.options.values }
    : { name, comparable };
}

/** What ids and states look like: text that is the same in whatever case it is compared. */
const plain = /^[a-z0-9_]{1,200}$/;

/** A value as a filter writes it; undefined where Meilisearch would compare it in another way. */
function valueOf(value: unknown, { comparable, options }: Attribute): string | undefined {
  const text = String(value);
  switch (comparable) {
    case 'time': {
      const time = Date.parse(text);
      return Number.isNaN(time) ? undefined : String(time);
    }
    case 'code':
      return (options ? options.includes(text) : plain.test(text))
        ? JSON.stringify(text)
        : undefined;
    case 'number':
      return Number.isFinite(Number(value)) ? String(Number(value)) : undefined;
    case 'boolean':
      return text;
  }
}
