import type { Field } from '../../content/fields/field.ts';

/** The fields that everybody may know of, with those of components and blocks. */
export const withoutHidden = (fields: readonly Field[]): Field[] =>
  fields.filter(({ hidden }) => !hidden).map(openPart);

function openPart(field: Field): Field {
  if (field.type === 'component')
    return { ...field, options: { ...field.options, fields: withoutHidden(field.options.fields) } };
  if (field.type !== 'blocks') return field;
  const blocks = Object.entries(field.options.blocks).map(([name, own]) => [
    name,
    withoutHidden(own),
  ]);
  return { ...field, options: { ...field.options, blocks: Object.fromEntries(blocks) } };
}
