import type { Field } from '@cms/contracts';

/** For what the types are: what a reply holds, what a new entry takes, what an update takes. */
export type Use = 'read' | 'create' | 'update';

const SCALARS: Readonly<Record<string, string>> = {
  text: 'string',
  editor: 'string',
  email: 'string',
  url: 'string',
  slug: 'string',
  date: 'string',
  datetime: 'string',
  number: 'number',
  integer: 'number',
  bool: 'boolean',
  json: 'unknown',
  relation: 'string',
  file: 'string',
  geo_point: '{ lat: number; lng: number }',
};

/** A text as a TypeScript literal. */
export const literal = (text: string): string => JSON.stringify(text);

/** A label as a doc comment on a line of its own; nothing without one. */
export const comment = (label: string | null | undefined, indent: string): string =>
  label ? `${indent}/** ${label.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')} */\n` : '';

/** An object type of fields, its closing brace at `indent`. */
export function members(fields: readonly Field[], use: Use, indent: string): string {
  return object(
    fields.flatMap((field) => member(field, use, `${indent}  `)),
    indent,
  );
}

const object = (lines: readonly string[], indent: string): string =>
  lines.length === 0 ? 'Record<string, never>' : `{\n${lines.join('')}${indent}}`;

function member(field: Field, use: Use, indent: string): string[] {
  if (use === 'update' && field.readonly) return [];
  const optional = isOptional(field, use) ? '?' : '';
  // A required value can't be cleared; unknown has null in it already.
  const clearable = !field.required && field.type !== 'json' ? ' | null' : '';
  const type = valueType(field, use, indent);
  return [
    `${comment(field.label, indent)}${indent}${field.name}${optional}: ${type}${clearable};\n`,
  ];
}

/**
 * Fields that were never set are absent from replies, and hidden ones for most readers. A new entry
 * must bring what is required, unless the server fills it in: from a default, or a slug from its text.
 */
function isOptional(field: Field, use: Use): boolean {
  if (use === 'update' || !field.required) return true;
  if (use === 'read') return field.hidden;
  return field.default !== undefined || field.options.from !== undefined;
}

function valueType(field: Field, use: Use, indent: string): string {
  const { options } = field;
  if (field.type === 'blocks') return `${blockTypes(options.blocks ?? {}, use, indent)}[]`;
  const one =
    field.type === 'component'
      ? members(options.fields ?? [], nested(use), indent)
      : field.type === 'select'
        ? union((options.values ?? []).map((value) => literal(value)))
        : (SCALARS[field.type] ?? 'unknown');
  if (!options.multiple) return one;
  return one.includes(' | ') && field.type === 'select' ? `(${one})[]` : `${one}[]`;
}

/** An update merges at the top level only: a component inside it is written whole. */
const nested = (use: Use): Use => (use === 'update' ? 'create' : use);

const union = (types: readonly string[]): string =>
  types.length === 0 ? 'never' : types.join(' | ');

function blockTypes(
  blocks: Readonly<Record<string, readonly Field[]>>,
  use: Use,
  indent: string,
): string {
  const inner = `${indent}  `;
  const kinds = Object.entries(blocks)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, fields]) => {
      const lines = fields.flatMap((field) => member(field, nested(use), `${inner}  `));
      return `\n${inner}| ${object([`${inner}  type: ${literal(name)};\n`, ...lines], inner)}`;
    });
  return `(${kinds.join('')}\n${indent})`;
}
