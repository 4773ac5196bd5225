import { convertValue } from '../fields/convert-value.ts';
import { storedWords } from '../fields/entry-words.ts';
import type { Field } from '../fields/field.ts';

type Data = Readonly<Record<string, unknown>>;

/** Data by new fields, and the names of the old fields whose values did not make it whole. */
export interface Converted {
  readonly data: Data;
  readonly lost: readonly string[];
}

const byId = (fields: readonly Field[]) => new Map(fields.map((field) => [field.id, field]));

const kindOf = ({ type, options }: Field): string =>
  `${type} ${options.multiple ?? false} ${'collection' in options ? options.collection : ''}`;

/** True where stored values go on as they are: every field is still there and of the same kind. */
export function holdsData(before: readonly Field[], after: readonly Field[]): boolean {
  const kept = byId(after);
  return before.every((field) => {
    const next = kept.get(field.id);
    return next !== undefined && kindOf(next) === kindOf(field) && holdsNested(field, next);
  });
}

function holdsNested(field: Field, next: Field): boolean {
  if (field.type === 'component' && next.type === 'component')
    return holdsData(field.options.fields, next.options.fields);
  if (field.type !== 'blocks' || next.type !== 'blocks') return true;
  return Object.entries(field.options.blocks).every(([name, fields]) =>
    holdsData(fields, next.options.blocks[name] ?? []),
  );
}

/**
 * True where the stored words go on as they are, of rows whose data do: what is new has no values yet, so only
 * the fields that were there before must count as they did.
 */
export function holdsWords(before: readonly Field[], after: readonly Field[]): boolean {
  const known = byId(before);
  const kept = after.filter(({ id }) => known.has(id));
  return storedWords(before, 'data') === storedWords(kept, 'data');
}

/** Carries stored data (by storage key) over to new fields; what cannot be carried over is null. */
export function convertData(
  before: readonly Field[],
  after: readonly Field[],
  data: Data,
): Converted {
  const kept = byId(after);
  const result: Record<string, unknown> = {};
  const lost: string[] = [];
  for (const field of before) {
    const value = data[field.key];
    if (value === undefined) continue;
    const next = kept.get(field.id);
    const converted = next ? convertValue(field, next, value) : 'lost';
    if (next) result[next.key] = converted === 'lost' ? null : converted.value;
    if (value !== null && (converted === 'lost' || converted.lossy)) lost.push(field.name);
  }
  return { data: result, lost };
}
