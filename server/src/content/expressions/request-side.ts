import { type Kind, kindOf } from './kinds.ts';
import { readLiteral } from './read-literal.ts';
import type { RequestValues } from './request-values.ts';
import { momentSlot } from './resolve-operand.ts';
import type { Scope } from './scope.ts';
import type { Literal, Operand, RequestPath, Scalar, Word } from './tree.ts';

/** A request, with what an expression sees of the data that was sent, by storage key. */
export interface Known extends RequestValues {
  readonly seen: Readonly<Record<string, unknown>>;
}

/** A value of a request; null where there is none. */
export type Get = (known: Known) => unknown;

/** One side of a comparison that asks for the request alone. */
export interface Side {
  /** The higher stands on the left, as in SQL. */
  readonly rank: number;
  readonly isNull: boolean;
  /** What it compares as when it stands on the left. */
  readonly kind: Kind;
  /** The value as a kind. */
  as(kind: Kind): Get;
  readonly text: Get;
  readonly items?: readonly Side[];
}

/** An operand of a comparison that was checked. */
export function sideOf(scope: Scope, operand: Operand): Side {
  switch (operand.kind) {
    case 'request':
      return requestSide(scope, operand);
    case 'moment':
      return {
        rank: 2,
        isNull: false,
        kind: 'datetime',
        as: (kind) => momentSlot(operand, kind),
        text: momentSlot(operand, 'datetime'),
      };
    case 'list':
      return { ...constant(0, 'list', null), items: itemsOf(scope, operand.items) };
    default:
      return literalSide(operand);
  }
}

const itemsOf = (scope: Scope, items: readonly Scalar[]): Side[] =>
  items.map((item) => sideOf(scope, item));

const constant = (rank: number, kind: Kind, value: unknown): Side => ({
  rank,
  isNull: false,
  kind,
  as: () => () => value,
  text: () => value,
});

function requestSide({ collection }: Scope, { path }: RequestPath): Side {
  const [part, key = ''] = path;
  if (part !== 'data') {
    const get: Get = ({ method, auth }) =>
      part === 'method' ? method : auth[key as keyof typeof auth];
    return { rank: 3, isNull: false, kind: 'code', as: () => get, text: get };
  }
  const field = collection.fields.find((each) => each.name === key);
  const get: Get = ({ seen }) => seen[field?.key ?? key] ?? null;
  const kind = field ? kindOf(field) : 'code';
  return { rank: 4, isNull: false, kind, as: () => get, text: get };
}

function literalSide(literal: Literal | Word): Side {
  const text = () => literal.text;
  if (literal.kind === 'literal' && literal.value === null)
    return { ...constant(-1, 'code', null), isNull: true, text };
  const kinds: Readonly<Record<string, Kind>> = { number: 'number', boolean: 'boolean' };
  const kind = (literal.kind === 'literal' && kinds[typeof literal.value]) || 'code';
  return { rank: 1, isNull: false, kind, as: (wanted) => typed(wanted, literal), text };
}

function typed(kind: Kind, literal: Literal | Word): Get {
  const parameter = readLiteral(kind, literal, '');
  const value = kind === 'number' ? Number(parameter) : parameter;
  return () => value;
}
