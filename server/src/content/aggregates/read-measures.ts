import { type AggregateFunction, aggregateFunctions } from '@cms/contracts';
import { type Fragment, inWords, type Kind, type Scope, sql } from '../expressions/index.ts';
import { badAggregate } from './bad-aggregate.ts';
import { type Measured, namesOf, readColumn } from './read-column.ts';
import { shown } from './read-groups.ts';

/** One number, or extreme value, of a group. */
export interface Measure {
  readonly of: 'count' | AggregateFunction;
  /** The field that is measured; of the count there is none. */
  readonly field: string | undefined;
  readonly value: Fragment;
  /** Whether it is a number, so that groups can be chosen by it. */
  readonly isNumber: boolean;
}

export type AggregateInput = { readonly count?: '*' | undefined } & {
  readonly [F in AggregateFunction]?: string | readonly string[] | undefined;
};

const MAX_MEASURES = 20;

export const countAll: Measure = {
  of: 'count',
  field: undefined,
  value: ['count(*)'],
  isNumber: true,
};

/** Reads `aggregate[count]=*&aggregate[sum]=price,stock`; the count alone where nothing is said. */
export function readMeasures(scope: Scope, input: AggregateInput | undefined): readonly Measure[] {
  const measures = aggregateFunctions.flatMap((of) =>
    namesOf(input?.[of]).map((field) => readMeasure(scope, of, field, `aggregate.${of}`)),
  );
  if (measures.length > MAX_MEASURES)
    throw badAggregate('aggregate', `Ask for at most ${MAX_MEASURES} numbers at once.`);
  return input?.count || measures.length === 0 ? [countAll, ...measures] : measures;
}

/** One measure of a field. Throws INVALID_INPUT where values of its kind have no such thing. */
export function readMeasure(
  scope: Scope,
  of: AggregateFunction,
  field: string,
  key: string,
): Measure {
  const column = readColumn(scope, field, key);
  if (!fits(of, column.kind))
    throw badAggregate(key, `"${field}" holds ${inWords(column.kind)}: it has no ${of}.`);
  return {
    of,
    field,
    value: measured(of, column),
    isNumber: of === 'distinct' || column.kind === 'number',
  };
}

const fits = (of: AggregateFunction, kind: Kind): boolean => {
  if (of === 'sum' || of === 'avg') return kind === 'number';
  return of === 'distinct' || kind !== 'boolean';
};

function measured(of: AggregateFunction, column: Measured): Fragment {
  const { value } = column;
  if (of === 'distinct') return sql`count(distinct ${value})`;
  const result = sql`${of}(${value})`;
  return of === 'min' || of === 'max' ? shown({ ...column, value: result }) : result;
}
