import { type Alteration, type FieldChange, isEmpty, type Plan } from './plan.ts';

const SIGNS: Readonly<Record<FieldChange['kind'], string>> = {
  add: '+',
  drop: '-',
  rename: '~',
  change: '~',
  move: '~',
};

/** A plan in lines: `+` is new, `~` changes, `-` goes. */
export function describePlan(plan: Plan): string {
  const lines = isEmpty(plan)
    ? ['No changes: the server has the collections of the file.']
    : [
        ...plan.create.flatMap(({ collection: { name, fields } }) => [
          `+ ${name}`,
          ...fields.map((field) => `    + ${field.name}: ${field.type}`),
        ]),
        ...plan.alter.flatMap((each) => describeAlteration(each)),
        ...plan.drop.map(({ name }) => `- ${name}, with all its entries`),
      ];
  if (plan.kept.length > 0)
    lines.push(
      `Not in the file, and kept (--delete-missing deletes them): ${plan.kept.join(', ')}`,
    );
  return lines.join('\n');
}

const describeAlteration = ({ name, settings, fields }: Alteration): string[] => [
  `~ ${name}`,
  ...settings.map((each) => `    ~ ${each}`),
  ...fields.map(
    ({ kind, name: field, detail, loses }) =>
      `    ${SIGNS[kind]} ${field}${kind === 'add' ? ':' : ''} ${detail}${loses ? ' (may lose values)' : ''}`,
  ),
];
