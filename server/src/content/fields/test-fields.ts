import type { FieldDefinition } from '@cms/contracts';
import type { Field } from './field.ts';
import { normaliseFields } from './normalise-fields.ts';

/** Ids for tests: `fld_` and a number. */
export function fieldIds(): () => string {
  let made = 0;
  return () => `fld_${String((made += 1)).padStart(26, '0')}`;
}

/** Fields as a new collection would have them; throws the issues where there are any. */
export function fieldsOf(...definitions: FieldDefinition[]): Field[] {
  const result = normaliseFields(definitions, { usedKeys: new Set(), newId: fieldIds() });
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result.fields;
}

/** One field. */
export function fieldOf(definition: FieldDefinition): Field {
  const [field] = fieldsOf(definition);
  if (!field) throw new Error('There is no field.');
  return field;
}
