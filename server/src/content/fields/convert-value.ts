import { compileField } from './compile-field.ts';
import type { Field } from './field.ts';
import { Findings, refused } from './issue.ts';
import { compileShape } from './shape.ts';
import { toUtc } from './types/moment.ts';

/** A value in its new form; `lossy` where a part of it is gone. `lost` where nothing can be kept. */
export type Converted = { readonly value: unknown; readonly lossy?: true } | 'lost';

type Data = Readonly<Record<string, unknown>>;

/**
 * Carries a stored value over when a field's type, multiplicity or inner fields change. Limits that
 * were only tightened do not touch what is stored.
 */
export function convertValue(from: Field, to: Field, value: unknown): Converted {
  if (value === null || value === undefined) return { value: null };
  const fromList = isList(from);
  const items = fromList ? (value as readonly unknown[]) : [value];
  if (!isList(to)) {
    if (items.length === 0) return { value: null };
    const [only] = items;
    return items.length === 1 ? convertItem(from, to, only) : 'lost';
  }
  const converted = items.map((item) => convertItem(from, to, item));
  const kept = converted.filter((item) => item !== 'lost');
  if (items.length > 0 && kept.length === 0) return 'lost';
  const lossy = kept.length < items.length || kept.some((item) => item.lossy);
  return { value: kept.map((item) => item.value), ...(lossy ? { lossy } : {}) };
}

const isList = (field: Field): boolean =>
  field.type === 'blocks' || field.options.multiple === true;

function convertItem(from: Field, to: Field, value: unknown): Converted {
  if (from.type === 'component' && to.type === 'component')
    return convertObject(from.options.fields, to.options.fields, value as Data);
  if (from.type === 'blocks' && to.type === 'blocks') {
    const type = String((value as Data)['type']);
    const [before, after] = [from.options.blocks[type], to.options.blocks[type]];
    if (!before || !after) return 'lost';
    const inner = convertObject(before, after, value as Data);
    return inner === 'lost' ? inner : { ...inner, value: { type, ...(inner.value as Data) } };
  }
  if (from.type === 'relation' && to.type === 'relation')
    return from.options.collection === to.options.collection ? { value } : 'lost';
  if (from.type === to.type) return { value };
  return convertType(from, to, value);
}

/** Inner fields are the same by id, and where there is no such field, gone. */
function convertObject(from: readonly Field[], to: readonly Field[], value: Data): Converted {
  const result: Record<string, unknown> = {};
  let lossy = from.some(
    (field) => isSet(value, field.key) && !to.some((each) => each.id === field.id),
  );
  for (const field of to) {
    const before = from.find((each) => each.id === field.id);
    if (!before || !Object.hasOwn(value, before.key)) continue;
    const converted = convertValue(before, field, value[before.key]);
    if (converted === 'lost' || converted.lossy) lossy = true;
    result[field.key] = converted === 'lost' ? null : converted.value;
  }
  return { value: result, ...(lossy ? { lossy: true } : {}) };
}

const isSet = (value: Data, key: string): boolean =>
  Object.hasOwn(value, key) && value[key] !== null;

function convertType(from: Field, to: Field, value: unknown): Converted {
  const wire = toWire(from, value);
  for (const [candidate, lossy] of candidates(to, wire)) {
    const found = new Findings(() => new Date(0));
    const single = { ...to, options: { ...to.options, multiple: false } } as Field;
    const stored = compileField(to.type === 'blocks' ? to : single)(candidate, to.name, found);
    if (stored === refused) continue;
    const kept = to.type === 'blocks' ? (stored as unknown[])[0] : stored;
    return lossy ? { value: kept, lossy } : { value: kept };
  }
  return 'lost';
}

function toWire(from: Field, value: unknown): unknown {
  if (from.type !== 'component' && from.type !== 'blocks') return value;
  const single = { ...from, options: { ...from.options, multiple: false } } as Field;
  const shape = compileShape([single], { retired: true, showHidden: true });
  const wire = shape.toWire({ [from.key]: from.type === 'blocks' ? [value] : value })[from.name];
  return from.type === 'blocks' ? (wire as unknown[])[0] : wire;
}

type Candidate = readonly [value: unknown, lossy: boolean];

const numberText = /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

/** What the value could be in the new type, best first; the type's own check decides. */
function candidates(to: Field, value: unknown): Candidate[] {
  switch (to.type) {
    case 'number':
    case 'integer': {
      const number = toNumber(value);
      if (number === undefined) return [];
      return to.type === 'integer' && !Number.isInteger(number)
        ? [[Math.round(number), true]]
        : [[number, false]];
    }
    case 'bool':
      return toBool(value);
    case 'date':
      return toDay(value);
    case 'datetime':
      return typeof value === 'string'
        ? [
            [value, false],
            [`${value}T00:00:00Z`, false],
          ]
        : [];
    case 'json':
      return [[value, false]];
    case 'blocks':
      return [[[value], false]];
    case 'component':
    case 'geo_point':
    case 'relation':
      return [[value, false]];
    default:
      return typeof value === 'object' ? [] : [[String(value), false]];
  }
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string' || !numberText.test(value.trim())) return undefined;
  return Number(value);
}

function toBool(value: unknown): Candidate[] {
  const text = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
  if (text === 'true' || text === '1') return [[true, false]];
  return text === 'false' || text === '0' ? [[false, false]] : [];
}

function toDay(value: unknown): Candidate[] {
  if (typeof value !== 'string') return [];
  const utc = toUtc(value);
  return utc === undefined
    ? [[value, false]]
    : [[utc.slice(0, 10), !utc.endsWith('T00:00:00.000Z')]];
}
