import type { AnyOptions, FieldDefinition, FieldTypeName } from '@cms/contracts';
import type { Field, OptionsByType } from '../field.ts';
import type { IssueCode } from '../issue.ts';
import { jsonSchemaProblem } from '../json-schema-compiler.ts';
import { patternProblem } from '../pattern.ts';
import { isDate, toUtc } from '../types/moment.ts';

type Definition = FieldDefinition;
type Word = 'min' | 'max' | 'min_length' | 'max_length' | 'pattern' | 'values';

/** What the options of one definition are made with. */
export interface OptionsContext {
  readonly definition: Definition;
  /** Names a problem of an option, or of the word of `validation` that says it. */
  problem(key: string, code: IssueCode, message: string): void;
  /** Normalises the fields inside; the path is below this field, the scope is of their keys. */
  nested(definitions: readonly Definition[], existing: readonly Field[], at: NestedAt): Field[];
  readonly existing: Field | undefined;
}

export interface NestedAt {
  readonly path: string;
  readonly scope: string;
  readonly inBlock: boolean;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined, so that stored options hold what was said and no more. */
export function defined<T extends object>(values: T): Defined<T> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}

/** The options decide; what only `validation` says counts too. */
function wordsOf(definition: Definition): Pick<AnyOptions<never>, Word> {
  const { options = {}, validation = {} } = definition;
  return defined({
    min: options.min ?? validation.min ?? undefined,
    max: options.max ?? validation.max ?? undefined,
    min_length: options.min_length ?? validation.min_length ?? undefined,
    max_length: options.max_length ?? validation.max_length ?? undefined,
    pattern: options.pattern ?? validation.pattern ?? undefined,
    values: options.values ?? validation.values ?? undefined,
  });
}

/** A least that is greater than its most leaves no value. */
function ordered(
  of: OptionsContext,
  least: string,
  most: string,
  from: unknown,
  to: unknown,
): void {
  if (from === undefined || to === undefined) return;
  if ((from as number) > (to as number))
    of.problem(
      least,
      'option',
      `${least} (${String(from)}) is greater than ${most} (${String(to)}).`,
    );
}

function textOptions(of: OptionsContext) {
  const { min_length, max_length, pattern } = wordsOf(of.definition);
  ordered(of, 'min_length', 'max_length', min_length, max_length);
  const problem = pattern === undefined ? undefined : patternProblem(pattern);
  if (problem !== undefined) of.problem('pattern', 'pattern', problem);
  return defined({ min_length, max_length, pattern });
}

function numberOptions(of: OptionsContext) {
  const { min, max } = wordsOf(of.definition);
  ordered(of, 'min', 'max', min, max);
  return defined({ min: min as number | undefined, max: max as number | undefined });
}

function dateOptions(of: OptionsContext, read: (text: string) => string | undefined) {
  const { min, max } = wordsOf(of.definition);
  const stored = (key: 'min' | 'max', value: number | string | undefined): string | undefined => {
    if (value === undefined) return undefined;
    const known = typeof value === 'string' ? read(value) : undefined;
    if (known === undefined) of.problem(key, 'format', `There is no such moment as ${value}.`);
    return known;
  };
  const limits = { min: stored('min', min), max: stored('max', max) };
  ordered(of, 'min', 'max', limits.min, limits.max);
  return defined(limits);
}

function listLimits(of: OptionsContext) {
  const { min_items, max_items } = of.definition.options ?? {};
  ordered(of, 'min_items', 'max_items', min_items, max_items);
  return defined({ min_items, max_items });
}

const day = (text: string) => (isDate(text) ? text : undefined);

/** One function a type: what was sent, checked against itself, in the form that is stored. */
export const optionsMakers: {
  readonly [T in FieldTypeName]: (of: OptionsContext) => OptionsByType[T];
} = {
  text: textOptions,
  editor: textOptions,
  email: textOptions,
  url: textOptions,
  slug: (of) => ({ ...textOptions(of), ...defined({ from: of.definition.options?.from }) }),
  number: numberOptions,
  integer: numberOptions,
  bool: () => ({}),
  date: (of) => dateOptions(of, day),
  datetime: (of) => dateOptions(of, toUtc),
  select: (of) => {
    const { values = [] } = wordsOf(of.definition);
    if (values.length === 0)
      of.problem('values', 'option', 'List the values to choose from, such as ["news", "guide"].');
    if (new Set(values).size < values.length)
      of.problem('values', 'duplicate', 'A value is listed twice.');
    return { values: [...values], multiple: of.definition.options?.multiple ?? false };
  },
  json: (of) => {
    const schema = of.definition.options?.schema;
    const problem = schema && jsonSchemaProblem(schema);
    if (problem !== undefined) of.problem('schema', 'schema', problem);
    return defined({ schema });
  },
  relation: (of) => {
    const {
      collection = '',
      multiple = false,
      on_delete = 'restrict',
    } = of.definition.options ?? {};
    if (collection === '')
      of.problem('collection', 'option', 'Name the collection that it refers to.');
    const required = of.definition.required ?? of.definition.validation?.required ?? false;
    if (required && !multiple && on_delete === 'set_null')
      of.problem(
        'on_delete',
        'option',
        'A required relation cannot be cleared; use restrict or cascade.',
      );
    return { collection, multiple, on_delete };
  },
  geo_point: () => ({}),
  component: (of) => {
    const { fields = [], multiple = false } = of.definition.options ?? {};
    const limits = listLimits(of);
    const before = of.existing?.type === 'component' ? of.existing.options.fields : [];
    const at = { path: 'options.fields', scope: '', inBlock: false };
    return { fields: of.nested(fields, before, at), multiple, ...limits };
  },
  blocks: (of) => {
    const { blocks = {} } = of.definition.options ?? {};
    const limits = listLimits(of);
    const before = of.existing?.type === 'blocks' ? of.existing.options.blocks : {};
    const kinds = Object.entries(blocks).map(([name, fields]) => {
      const known = Object.hasOwn(before, name) ? (before[name] ?? []) : [];
      const at = { path: `options.blocks.${name}`, scope: `${name}/`, inBlock: true };
      return [name, of.nested(fields, known, at)] as const;
    });
    return { blocks: Object.fromEntries(kinds), ...limits };
  },
};
