import { distance } from 'fastest-levenshtein';
import type { Field } from './field.ts';
import { type Check, type Findings, refused } from './issue.ts';
import { makeSlug } from './make-slug.ts';

type Data = Readonly<Record<string, unknown>>;
type Stored = Record<string, unknown>;

/** The fields of one level, ready to check what is sent for them; results are by storage key. */
export interface ObjectChecks {
  /** Checks all fields and fills in defaults and slugs; `refused` where anything is wrong. */
  create(data: Data, prefix: string, found: Findings): Stored | typeof refused;
  /** Checks the fields that were sent, null included; `refused` where anything is wrong. */
  patch(data: Data, prefix: string, found: Findings): Stored | typeof refused;
}

interface Part {
  readonly field: Field;
  readonly check: Check;
  readonly missing: string;
  readonly source: Field | undefined;
}

/** Compiles one level of fields; `compileField` makes each field's check. */
export function compileObject(
  fields: readonly Field[],
  compileField: (field: Field) => Check,
): ObjectChecks {
  const parts: Part[] = fields.map((field) => ({
    field,
    check: compileField(field),
    missing: field.message ?? `${field.label ?? field.name} is required.`,
    source: sourceOf(field, fields),
  }));
  const names = new Set(fields.map((field) => field.name));

  function checked(
    part: Part,
    value: unknown,
    prefix: string,
    found: Findings,
    into: Stored,
  ): void {
    const { field } = part;
    if (value === null || value === undefined) {
      if (field.required) found.add(prefix + field.name, 'required', part.missing);
      else if (value === null) into[field.key] = null;
      return;
    }
    const stored = part.check(value, prefix + field.name, found);
    if (stored !== refused) into[field.key] = stored;
  }

  return {
    create(data, prefix, found) {
      const before = found.issues.length;
      const result: Stored = {};
      let known = 0;
      for (const part of parts) {
        const { field } = part;
        let value: unknown;
        if (Object.hasOwn(data, field.name)) {
          value = data[field.name];
          known += 1;
        } else if (part.source) value = slugFrom(part.source, data, field);
        if (value === undefined && field.default !== undefined) value = standard(field, found);
        checked(part, value, prefix, found, result);
      }
      if (known < Object.keys(data).length) unknownFields(data, names, prefix, found);
      return found.issues.length === before ? result : refused;
    },
    patch(data, prefix, found) {
      const before = found.issues.length;
      const result: Stored = {};
      let known = 0;
      for (const part of parts) {
        if (!Object.hasOwn(data, part.field.name)) continue;
        known += 1;
        checked(part, data[part.field.name], prefix, found, result);
      }
      if (known < Object.keys(data).length) unknownFields(data, names, prefix, found);
      return found.issues.length === before ? result : refused;
    },
  };
}

const sourceOf = (field: Field, fields: readonly Field[]): Field | undefined =>
  field.type === 'slug' && field.options.from !== undefined
    ? fields.find((each) => each.name === field.options.from)
    : undefined;

function slugFrom(source: Field, data: Data, field: Field): string | undefined {
  const text = Object.hasOwn(data, source.name) ? data[source.name] : source.default;
  if (typeof text !== 'string' || field.type !== 'slug') return undefined;
  return makeSlug(text, field.options.max_length);
}

function standard(field: Field, found: Findings): unknown {
  if (field.default !== 'now') return field.default;
  if (field.type === 'datetime') return found.now().toISOString();
  return field.type === 'date' ? found.now().toISOString().slice(0, 10) : 'now';
}

/** Guesses are made for the first few only: each costs a comparison with every field. */
const MAX_GUESSES = 20;

function unknownFields(
  data: Data,
  names: ReadonlySet<string>,
  prefix: string,
  found: Findings,
): void {
  let guesses = 0;
  for (const key of Object.keys(data)) {
    if (names.has(key)) continue;
    guesses += 1;
    const near = guesses <= MAX_GUESSES ? closest(key, names) : undefined;
    const shown = key.slice(0, 100).toWellFormed().replaceAll('\u0000', '\ufffd');
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    found.add(`${prefix}${shown}`, 'unknown_field', `There is no field "${shown}".${hint}`);
  }
}

function closest(key: string, names: ReadonlySet<string>): string | undefined {
  if (key.length > 64) return undefined;
  const wanted = key.toLowerCase();
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(key.length / 2));
  for (const name of names) {
    const far = distance(wanted, name.toLowerCase());
    if (far < least || (far === 0 && best === undefined)) [best, least] = [name, far];
  }
  return best;
}
