import { type AggregateFunction, aggregateFunctions } from '@cms/contracts';
import { type Fragment, type Scope, sql } from '../expressions/index.ts';
import { isObject } from '../fields/types/plain-object.ts';
import { badAggregate } from './bad-aggregate.ts';
import { countAll, type Measure, readMeasure } from './read-measures.ts';

const signs = new Map([
  ['eq', '='],
  ['ne', 'is distinct from'],
  ['gt', '>'],
  ['gte', '>='],
  ['lt', '<'],
  ['lte', '<='],
]);

const MAX_CONDITIONS = 20;

/** Reads `having[count][gt]=5&having[sum][price][lte]=100` as conditions that must all hold. */
export function readHaving(scope: Scope, having: unknown): readonly Fragment[] {
  if (having === undefined) return [];
  const conditions = membersOf(having, 'having').flatMap(([of, asked]): readonly Fragment[] => {
    const key = `having.${of.slice(0, 100)}`;
    if (of === 'count') return compared(countAll, asked, key);
    if (!isFunction(of))
      throw badAggregate(
        key,
        `There is no "${of.slice(0, 100)}"; there is count, ${aggregateFunctions.join(', ')}.`,
      );
    return membersOf(asked, key).flatMap(([field, operators]) => {
      const measure = readMeasure(scope, of, field, key);
      if (!measure.isNumber)
        throw badAggregate(key, `The ${of} of "${field}" is no number to choose groups by.`);
      return compared(measure, operators, `${key}.${field.slice(0, 100)}`);
    });
  });
  if (conditions.length > MAX_CONDITIONS)
    throw badAggregate('having', `Give at most ${MAX_CONDITIONS} conditions.`);
  return conditions;
}

const isFunction = (text: string): text is AggregateFunction =>
  (aggregateFunctions as readonly string[]).includes(text);

function membersOf(value: unknown, key: string): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) throw badAggregate(key, `"${key}" takes an object in brackets.`);
  return Object.entries(value);
}

function compared({ value }: Measure, operators: unknown, key: string): Fragment[] {
  return membersOf(operators, key).map(([operator, given]) => {
    const sign = signs.get(operator);
    if (!sign)
      throw badAggregate(
        key,
        `There is no operator "${operator.slice(0, 100)}" here; there is ${[...signs.keys()].join(', ')}.`,
      );
    const limit = numberOf(given);
    if (limit === undefined) throw badAggregate(key, `"${key}.${operator}" takes a number.`);
    return sql`${value} ${sign} ${() => limit}::numeric`;
  });
}

/** The text of a number that PostgreSQL reads as one. */
function numberOf(given: unknown): string | undefined {
  if (typeof given === 'number' && Number.isFinite(given)) return String(given);
  return typeof given === 'string' && /^-?\d{1,100}(\.\d{1,100})?$/.test(given) ? given : undefined;
}
