import type { FieldChange } from './plan.ts';
import { matchFields } from './match-fields.ts';
import type { NormalField } from './normal-field.ts';
import { canonicalJson } from './same-json.ts';

/** What must happen to the server's fields to become the wanted ones, and these with the server's ids. */
export function compareFields(
  wanted: readonly NormalField[],
  current: readonly NormalField[],
): { readonly fields: NormalField[]; readonly changes: FieldChange[] } {
  const matched = matchFields(wanted, current);
  const kept = new Set(matched.map((each) => each.current));
  const gone = current.filter((field) => !kept.has(field));
  const changes = [
    ...gone.map(({ name, type }): FieldChange => ({
      kind: 'drop',
      name,
      detail: type,
      loses: true,
    })),
    ...matched.flatMap(({ wanted: field, current: was }) => changesOf(field, was)),
  ];
  const before = current.filter((field) => kept.has(field)).map(({ id }) => id);
  const after = matched.flatMap((each) => (each.current ? [each.wanted.id] : []));
  if (canonicalJson(before) !== canonicalJson(after))
    changes.push({ kind: 'move', name: 'the fields', detail: 'into another order', loses: false });
  else if (addedInside(matched.map((each) => each.current !== undefined)))
    changes.push({ kind: 'move', name: 'the new fields', detail: 'between others', loses: false });
  return { fields: matched.map((each) => each.wanted), changes };
}

/** True where a new field is followed by one that is there already. */
const addedInside = (known: readonly boolean[]): boolean =>
  known.indexOf(false) !== -1 && known.lastIndexOf(true) > known.indexOf(false);

function changesOf(field: NormalField, was: NormalField | undefined): FieldChange[] {
  if (!was) return [{ kind: 'add', name: field.name, detail: typeText(field), loses: false }];
  const renamed: FieldChange[] =
    field.name === was.name
      ? []
      : [{ kind: 'rename', name: was.name, detail: `to ${field.name}`, loses: false }];
  const keys = new Set([...Object.keys(field), ...Object.keys(was)] as (keyof NormalField)[]);
  const differing = [...keys].filter(
    (key) =>
      key !== 'id' && key !== 'name' && canonicalJson(field[key]) !== canonicalJson(was[key]),
  );
  if (differing.length === 0) return renamed;
  const detail = differing
    .map((key) => `${key} ${shown(was[key])} -> ${shown(field[key])}`)
    .join(', ');
  const loses = field.type !== was.type || differing.includes('options');
  return [...renamed, { kind: 'change', name: field.name, detail, loses }];
}

const typeText = ({ type, required, unique, options }: NormalField): string =>
  [
    type,
    ...(options?.collection === undefined ? [] : [`to ${options.collection}`]),
    ...(required ? ['required'] : []),
    ...(unique ? ['unique'] : []),
  ].join(' ');

const LONGEST = 80;

/** A value in a line of the plan; long ones only as far as they help. */
function shown(value: unknown): string {
  if (value === undefined) return 'none';
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
