import {
  canonicalType,
  type FieldDefinition,
  MAX_FIELD_DEPTH,
  MAX_FIELDS,
  MAX_FIELDS_PER_LEVEL,
} from '@cms/contracts';
import type { Field } from './field.ts';
import { Findings, type Issue, type IssueCode } from './issue.ts';
import { checkDefault, checkDistinct, checkFlags } from './normalise/checks.ts';
import { matchFields } from './normalise/match.ts';
import { defined, type NestedAt, optionsMakers } from './normalise/options.ts';
import { storageKeysOf, takeKey } from './normalise/storage-keys.ts';

export interface NormaliseOptions {
  /** The collection's fields as they are; a definition that means one of them keeps its id and key. */
  readonly existing?: readonly Field[];
  /** Every storage key ever used (see `storageKeysOf`), those of dropped fields too. */
  readonly usedKeys: ReadonlySet<string>;
  /** Makes a field id, `fld_…`. */
  readonly newId: () => string;
}

export type Normalised =
  | { readonly fields: Field[]; readonly usedKeys: string[] }
  | { readonly issues: Issue[] };

interface Level extends Omit<NestedAt, 'scope'> {
  readonly existing: readonly Field[];
  /** Prefix of the used keys of this level. */
  readonly scope: string;
  readonly depth: number;
}

interface Run {
  readonly found: Findings;
  readonly used: Set<string>;
  readonly ids: Set<string>;
  readonly newId: () => string;
  count: number;
}

/**
 * Turns fields as they are sent into fields as they are stored, or says everything that is wrong with
 * them. That the collections of relations exist is left to the caller (see `relationsOf`).
 */
export function normaliseFields(
  definitions: readonly FieldDefinition[],
  { existing = [], usedKeys, newId }: NormaliseOptions,
): Normalised {
  const run: Run = {
    found: new Findings(() => new Date(0)),
    used: new Set([...usedKeys, ...storageKeysOf(existing)]),
    ids: new Set(idsOf(existing)),
    newId,
    count: 0,
  };
  const level = { existing, path: 'fields', scope: '', inBlock: false, depth: 1 };
  const fields = normaliseLevel(definitions, level, run);
  if (run.count > MAX_FIELDS)
    run.found.add(
      'fields',
      'limit',
      `A collection may have ${MAX_FIELDS} fields, nested ones included.`,
    );
  if (run.found.issues.length > 0) return { issues: run.found.issues };
  return { fields, usedKeys: [...run.used] };
}

function normaliseLevel(definitions: readonly FieldDefinition[], level: Level, run: Run): Field[] {
  const { found } = run;
  run.count += definitions.length;
  if (run.count > MAX_FIELDS) return [];
  if (level.depth > MAX_FIELD_DEPTH) {
    found.add(level.path, 'too_deep', `Fields may be at most ${MAX_FIELD_DEPTH} levels deep.`);
    return [];
  }
  if (definitions.length > MAX_FIELDS_PER_LEVEL) {
    found.add(level.path, 'limit', `There may be at most ${MAX_FIELDS_PER_LEVEL} fields here.`);
    return [];
  }
  checkDistinct(definitions, level, found);
  const matches = matchFields(definitions, level.existing);
  const fields = definitions.map((definition, index) =>
    normaliseField(definition, matches[index], `${level.path}.${index}`, level, run),
  );
  return fields.map((field, index) =>
    bindSlug(field, fields, `${level.path}.${index}`, level, found),
  );
}

function normaliseField(
  definition: FieldDefinition,
  existing: Field | undefined,
  path: string,
  level: Level,
  run: Run,
): Field {
  const { found } = run;
  const before = found.issues.length;
  const key = existing?.key ?? takeKey(definition.name, level.scope, run.used);
  const problem = (word: string, code: IssueCode, message: string) =>
    found.add(`${path}.${sayer(definition, word)}.${word}`, code, message);
  const nested = (own: readonly FieldDefinition[], known: readonly Field[], at: NestedAt) =>
    normaliseLevel(
      own,
      {
        existing: known,
        path: `${path}.${at.path}`,
        scope: `${level.scope}${key}/${at.scope}`,
        inBlock: at.inBlock,
        depth: level.depth + 1,
      },
      run,
    );
  const type = canonicalType(definition.type);
  const base = {
    id: existing?.id ?? takeId(definition.id, run),
    key,
    name: definition.name,
    required: definition.required ?? definition.validation?.required ?? false,
    unique: definition.unique ?? definition.validation?.unique ?? false,
    indexed: definition.indexed ?? false,
    localized: definition.localized ?? false,
    hidden: definition.hidden ?? false,
    readonly: definition.readonly ?? false,
    ...defined({
      label: definition.label,
      message: definition.message,
      rules: definition.rules && defined(definition.rules),
      default: definition.default ?? undefined,
    }),
  };
  const options = optionsMakers[type]({ definition, existing, problem, nested });
  // The table of makers gives each type its own options.
  const field = { ...base, type, options } as Field;
  checkFlags(field, path, level, found);
  if (found.issues.length === before) checkDefault(field, path, found);
  return field;
}

/** Where a word was said: in `options`, unless only `validation` has it. */
function sayer({ options, validation }: FieldDefinition, word: string): 'options' | 'validation' {
  const has = (object: object | undefined) => object !== undefined && Object.hasOwn(object, word);
  return has(validation) && !has(options) ? 'validation' : 'options';
}

function takeId(sent: string | undefined, run: Run): string {
  const id = sent !== undefined && !run.ids.has(sent) ? sent : run.newId();
  run.ids.add(id);
  return id;
}

const idsOf = (fields: readonly Field[]): string[] =>
  fields.flatMap((field) => {
    if (field.type === 'component') return [field.id, ...idsOf(field.options.fields)];
    if (field.type !== 'blocks') return [field.id];
    return [field.id, ...Object.values(field.options.blocks).flatMap(idsOf)];
  });

/** A slug follows its source through a rename; otherwise the source must be a text field beside it. */
function bindSlug(
  field: Field,
  fields: readonly Field[],
  path: string,
  { existing }: Level,
  found: Findings,
): Field {
  if (field.type !== 'slug' || field.options.from === undefined) return field;
  const wanted = field.options.from.toLowerCase();
  const old = existing.find((each) => each.name.toLowerCase() === wanted);
  const source =
    fields.find((each) => each.name.toLowerCase() === wanted) ??
    fields.find((each) => each.id === old?.id);
  if (source?.type === 'text')
    return { ...field, options: { ...field.options, from: source.name } };
  const texts = fields.filter((each) => each.type === 'text').map((each) => each.name);
  const choice = texts.length > 0 ? ` Choose from: ${texts.slice(0, 10).join(', ')}.` : '';
  found.add(
    `${path}.options.from`,
    'option',
    `from must name a text field beside this one.${choice}`,
  );
  return field;
}
