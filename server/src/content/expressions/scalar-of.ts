import { ExpressionError } from './expression-error.ts';
import { type Fragment, sql } from './fragment.ts';
import type { Kind } from './kinds.ts';
import type { Column } from './resolve-column.ts';

/** The one value of a row that a column means, as SQL over the partition's row. */
export const scalarOf = ({ links, value }: Column): Fragment =>
  links.reduceRight<Fragment>(
    (inner, link) =>
      sql`(select ${inner} from ${link.table} as ${link.alias} where ${link.condition})`,
    [value],
  );

/** Refuses a column that has several values, or values that cannot be put in `what`. */
export function refuseUnordered({ links, kind }: Column, path: string, what: string): void {
  if (links.some(({ multiple }) => multiple))
    throw new ExpressionError(0, `"${path}" leads to several entries, which have no ${what}.`);
  const holds = unordered.get(kind);
  if (holds) throw new ExpressionError(0, `"${path}" holds ${holds}, which has no ${what}.`);
}

const unordered: ReadonlyMap<Kind, string> = new Map([
  ['list', 'a list'],
  ['place', 'a place'],
  ['opaque', 'an object or any JSON'],
] as const);
