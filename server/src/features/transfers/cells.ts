import type { Field } from '../../content/fields/field.ts';
import { guardText, unguardText } from './formula-guard.ts';

/** A cell as it is read: its text, and null for an empty one that is not quoted. */
export type Cell = string | null;

/** A value of a cell, or what it should have been. */
export type CellValue = { readonly value: unknown } | { readonly expected: string };

type Kind = 'text' | 'number' | 'bool' | 'json';

/** How a field's values are written: lists and objects as JSON. */
function kindOf(field: Field): Kind {
  if (field.options.multiple) return 'json';
  switch (field.type) {
    case 'number':
    case 'integer':
      return 'number';
    case 'bool':
      return 'bool';
    case 'json':
    case 'geo_point':
    case 'component':
    case 'blocks':
      return 'json';
    default:
      return 'text';
  }
}

/** A field's value as the text of a cell. */
export function cellOf(field: Field, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  const kind = kindOf(field);
  if (kind === 'text') return guardText(String(value));
  return kind === 'json' ? JSON.stringify(value) : String(value);
}

const numberText = /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/** A field's value from a cell; what is of the wrong type is left to the field's own check. */
export function valueOf(field: Field, cell: Cell): CellValue {
  if (cell === null) return { value: null };
  switch (kindOf(field)) {
    case 'text':
      return { value: unguardText(cell) };
    case 'number':
      return { value: numberText.test(cell.trim()) ? Number(cell) : cell };
    case 'bool':
      return { value: boolOf(cell) };
    case 'json':
      return jsonOf(cell);
  }
}

function boolOf(cell: string): unknown {
  const word = cell.trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : cell;
}

function jsonOf(cell: string): CellValue {
  try {
    return { value: JSON.parse(cell) as unknown };
  } catch {
    return { expected: 'Write lists and objects as JSON.' };
  }
}
