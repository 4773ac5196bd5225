import type { Field } from '../fields/field.ts';

/** Types whose values hold objects, whose keys could be taken for those of the data. */
const nested: ReadonlySet<string> = new Set(['json', 'geo_point', 'component', 'blocks']);

/** Whether entries with these fields hold nothing but texts, numbers, truth values and lists of them. */
export const isFlat = (fields: readonly Field[]): boolean =>
  fields.every(({ type }) => !nested.has(type));

/** Where the value of a member stands in the text of an object. */
export interface Member {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds a member with an id, a list of ids or null in the text of a flat object, as PostgreSQL writes jsonb:
 * parsing all of it takes several times as long. Within texts every quote has a backslash before it, so that
 * a quoted key with a colon behind it is that key.
 */
export function memberOf(text: string, key: string): Member | undefined {
  const name = `"${key}": `;
  const at = text.indexOf(name);
  if (at === -1) return undefined;
  const start = at + name.length;
  const last = text[start] === '"' ? '"' : text[start] === '[' ? ']' : undefined;
  return { start, end: last ? text.indexOf(last, start + 1) + 1 : start + 'null'.length };
}

/** The text of an object with others in the place of some members' values. */
export function withMembers(text: string, values: readonly (Member & { value: string })[]): string {
  let result = '';
  let done = 0;
  for (const { start, end, value } of values.toSorted((one, other) => one.start - other.start)) {
    result += text.slice(done, start) + value;
    done = end;
  }
  return result + text.slice(done);
}
