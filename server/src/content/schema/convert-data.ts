import { convertValue } from '../fields/convert-value.ts';
import type { Field } from '../fields/field.ts';

type Data = Readonly<Record<string, unknown>>;

/** Data by new fields, and the paths (by the old names) whose values did not make it. */
export interface Converted {
  readonly data: Data;
  readonly lost: readonly string[];
}

const byId = (fields: readonly Field[]) => new Map(fields.map((field) => [field.id, field]));

const shapeOf = ({ type, options }: Field): string =>
  `${type} ${options.multiple ?? false} ${'collection' in options ? options.collection : ''}`;

/** Whether stored data must be looked at: a field is gone, or another kind of value than before. */
export function losesOrConverts(before: readonly Field[], after: readonly Field[]): boolean {
  const kept = byId(after);
  return before.some((field) => {
    const next = kept.get(field.id);
    if (!next || shapeOf(next) !== shapeOf(field)) return true;
    return nestedOf(field).some(([name, fields]) =>
      losesOrConverts(fields, childrenOf(next, name) ?? []),
    );
  });
}

/** The fields within a field: a component's own under '', those of blocks by the block's name. */
function nestedOf(field: Field): [string, readonly Field[]][] {
  if (field.type === 'component') return [['', field.options.fields]];
  return field.type === 'blocks' ? Object.entries(field.options.blocks) : [];
}

function childrenOf(field: Field, name: string): readonly Field[] | undefined {
  if (field.type === 'component') return field.options.fields;
  return field.type === 'blocks' ? field.options.blocks[name] : undefined;
}

/** Carries stored data (by storage key) over to new fields; what cannot be carried over is left out. */
export function convertData(before: readonly Field[], after: readonly Field[], data: Data): Converted {
  const kept = byId(after);
  const result: Record<string, unknown> = {};
  const lost: string[] = [];
  for (const field of before) {
    if (!Object.hasOwn(data, field.key)) continue;
    const value = data[field.key];
    const next = kept.get(field.id);
    if (value === null) {
      if (next) result[next.key] = null;
      continue;
    }
    const converted = next ? convertOne(field, next, value) : 'lost';
    if (converted === 'lost' || !next) lost.push(field.name);
    else {
      result[next.key] = converted.value;
      lost.push(...converted.lost.map((path) => `${field.name}.${path}`));
    }
  }
  return { data: result, lost };
}

type One = { readonly value: unknown; readonly lost: readonly string[] };

function convertOne(field: Field, next: Field, value: unknown): One | 'lost' {
  if (shapeOf(field) !== shapeOf(next)) {
    const converted = convertValue(field, next, value);
    return converted === 'lost' ? 'lost' : { value: converted.value, lost: [] };
  }
  if (nestedOf(field).length === 0) return { value, lost: [] };
  const lost = new Set<string>();
  const items = (Array.isArray(value) ? value : [value]) as Data[];
  const converted = items.flatMap((item) => {
    const name = field.type === 'blocks' ? String(item['type']) : '';
    const fields = childrenOf(next, name);
    if (!fields) {
      lost.add(name);
      return [];
    }
    const inner = convertData(childrenOf(field, name) ?? [], fields, item);
    for (const path of inner.lost) lost.add(name ? `${name}.${path}` : path);
    return [field.type === 'blocks' ? { type: name, ...inner.data } : inner.data];
  });
  return { value: Array.isArray(value) ? converted : converted[0], lost: [...lost] };
}
