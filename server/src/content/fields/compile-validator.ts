import { isDeepStrictEqual } from 'node:util';
import { compileField } from './compile-field.ts';
import { compileObject } from './compile-object.ts';
import type { Field } from './field.ts';
import { Findings, type Issue, refused } from './issue.ts';
import { compiledReferences, type Reference } from './references.ts';
import { isObject } from './types/plain-object.ts';

/** What a validation gives: the data to store by storage key, or everything that is wrong. */
export type Validated =
  | { readonly ok: true; readonly data: Record<string, unknown>; readonly references: Reference[] }
  | { readonly ok: false; readonly issues: Issue[] };

export interface EntryValidator {
  /** Checks a new entry's data, by names; fills in defaults and slugs. */
  create(data: unknown): Validated;
  /**
   * Merges a patch, by names, into stored data, by storage keys. Only what the patch names is checked;
   * null clears. The references are those of the merged whole.
   */
  update(current: Readonly<Record<string, unknown>>, patch: unknown): Validated;
}

/** Compiles a collection's fields once, for any number of entries. `now` is what defaults mean by it. */
export function compileValidator(
  fields: readonly Field[],
  now: () => Date = () => new Date(),
): EntryValidator {
  const checks = compileObject(fields, compileField);
  const fixed = fields.filter((field) => field.readonly);

  return {
    create(data) {
      const found = new Findings(now);
      if (!isObject(data)) return noObject;
      const stored = checks.create(data, '', found);
      if (stored === refused) return { ok: false, issues: found.issues };
      return { ok: true, data: stored, references: compiledReferences(fields, stored) };
    },
    update(current, patch) {
      const found = new Findings(now);
      if (!isObject(patch)) return noObject;
      const stored = checks.patch(patch, '', found);
      if (stored === refused) return { ok: false, issues: found.issues };
      for (const { name, key, label, message } of fixed)
        if (Object.hasOwn(stored, key) && !isDeepStrictEqual(stored[key], own(current, key)))
          found.add(name, 'readonly', message ?? `${label ?? name} can't be changed.`);
      if (found.issues.length > 0) return { ok: false, issues: found.issues };
      const data = { ...current, ...stored };
      return { ok: true, data, references: compiledReferences(fields, data) };
    },
  };
}

/** A stored value; what was never set is the same as null. */
const own = (data: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(data, key) ? (data[key] ?? null) : null;

const noObject: Validated = {
  ok: false,
  issues: [{ field: '', code: 'type', message: 'Send the fields as a JSON object.' }],
};
