import type { Condition } from './condition.ts';
import { ExpressionError } from './expression-error.ts';
import { sql } from './fragment.ts';
import { readLiteral } from './read-literal.ts';
import type { Resolved, Value } from './resolve-operand.ts';
import { test } from './tests.ts';

/** Twice the earth's mean radius in metres. */
const DIAMETER = 12_742_017.6;

/** A place within some metres of another, along the surface of a sphere (haversine). */
export function isNear(left: Value, right: Resolved): Condition {
  const [lat, lng, metres] = numbersOf(right);
  const ofRow = (key: string) => sql`(${left.value}->>'${key}')::float8`;
  const half = (key: string, from: number) =>
    sql`power(sin(radians(${ofRow(key)} - ${() => from}::float8) / 2), 2)`;
  const cosines = sql`cos(radians(${() => lat}::float8)) * cos(radians(${ofRow('lat')}))`;
  // Rounding may take the sum past 1; least() passes over null, which is no place at all.
  return test(
    left,
    sql`${left.text} is not null and ${() => DIAMETER}::float8 * asin(sqrt(least(1, ${half('lat', lat)} + ${cosines} * ${half('lng', lng)}))) <= ${() => metres}::float8`,
  );
}

function numbersOf(right: Resolved): [number, number, number] {
  const wrong = new ExpressionError(
    right.at,
    'near takes a latitude, a longitude and metres, such as 52.52,13.4,5000.',
  );
  if (right.is !== 'list') throw wrong;
  const [lat = NaN, lng = NaN, metres = NaN, ...rest] = right.items.map((item) => {
    if (item.kind !== 'word' && item.kind !== 'literal') throw wrong;
    return Number(readLiteral('number', item, 'near'));
  });
  const fits = Math.abs(lat) <= 90 && Math.abs(lng) <= 180 && metres >= 0 && rest.length === 0;
  if (!fits) throw wrong;
  return [lat, lng, metres];
}
