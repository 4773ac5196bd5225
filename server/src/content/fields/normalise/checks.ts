import { isReservedFieldName, reservedBlockFieldName, type FieldDefinition } from '@cms/contracts';
import { compileField } from '../compile-field.ts';
import type { Field } from '../field.ts';
import { isIndexable } from '../index-expression.ts';
import type { Findings } from '../issue.ts';

/** Where a list of fields stands. */
interface Place {
  readonly path: string;
  readonly inBlock: boolean;
  readonly depth: number;
}

/** No two fields of a list share a name or an id, and none has a name that is taken by the product. */
export function checkDistinct(
  definitions: readonly FieldDefinition[],
  level: Place,
  found: Findings,
): void {
  const names = new Set<string>();
  const ids = new Set<string>();
  for (const [index, { name, id }] of definitions.entries()) {
    const path = `${level.path}.${index}`;
    const folded = name.toLowerCase();
    if (names.has(folded))
      found.add(
        `${path}.name`,
        'duplicate',
        `Another field is called "${name}"; case does not tell them apart.`,
      );
    names.add(folded);
    if (id !== undefined && ids.has(id))
      found.add(`${path}.id`, 'duplicate', 'Another field of this list has the same id.');
    if (id !== undefined) ids.add(id);
    if (isReservedFieldName(name) || (level.inBlock && folded === reservedBlockFieldName))
      found.add(
        `${path}.name`,
        'option',
        `"${name}" is reserved. Choose another name, such as "my_${name}".`,
      );
  }
}

/** Flags that a field's type or place cannot have. */
export function checkFlags(field: Field, path: string, level: Place, found: Findings): void {
  const refuse = (flag: string, why: string) => found.add(`${path}.${flag}`, 'option', why);
  for (const flag of ['unique', 'indexed', 'localized', 'readonly'] as const)
    if (field[flag] && level.depth > 1)
      refuse(
        flag,
        `A field inside a component or block can't be ${flag}; set that on the outermost field.`,
      );
  for (const flag of ['unique', 'indexed'] as const)
    if (field[flag] && !isIndexable(field))
      refuse(flag, `A ${field.type} value can't be compared by an index; remove ${flag}.`);
  if (field.unique && field.options.multiple)
    refuse('unique', 'A list has no single value to hold unique; remove unique, or multiple.');
}

/** A default must be a value of its own field. */
export function checkDefault(field: Field, path: string, found: Findings): void {
  if (field.default === undefined) return;
  if (field.default === 'now' && (field.type === 'date' || field.type === 'datetime')) return;
  compileField(field)(field.default, `${path}.default`, found);
}
