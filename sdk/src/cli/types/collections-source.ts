import type { Field } from '@cms/contracts';
import type { LiveCollection } from '../all-collections.ts';
import { comment, literal, members, type Use } from './field-types.ts';

const HEADER = `// Written by "cms types" from the collections of the server. Do not edit; run it again.
// Use it as createClient<Collections>().
`;

/**
 * The source of a module with the interface `Collections`. Its text depends on nothing but the
 * collections, so it only changes when they do.
 */
export const collectionsSource = (collections: readonly LiveCollection[]): string =>
  `${HEADER}\nexport interface Collections {\n${collections.map((each) => source(each)).join('')}}\n`;

const source = (collection: LiveCollection): string =>
  `${comment(collection.label, '  ')}  ${collection.name}: {
${part('read', collection.fields)}${part('create', collection.fields)}${part('update', collection.fields)}    sort: ${sortable(collection.fields)};
${relations(collection.fields)}    singleton: ${collection.type === 'singleton'};
  };
`;

const part = (use: Use, fields: readonly Field[]): string =>
  `    ${use}: ${members(fields, use, '    ')};\n`;

/** Where relations lead, for what is included; nothing where there are none. */
function relations(fields: readonly Field[]): string {
  const lines = fields
    .filter(({ type, options }) => type === 'relation' && options.collection !== undefined)
    .map(
      ({ name, options }) =>
        `      ${name}: { to: ${literal(options.collection as string)}${options.multiple ? '; many: true' : ''} };\n`,
    );
  return lines.length === 0 ? '' : `    relations: {\n${lines.join('')}    };\n`;
}

/** Fields that the server keeps in an order: indexed, one value, and shown. */
function sortable(fields: readonly Field[]): string {
  const names = fields
    .filter(
      ({ indexed, unique, hidden, options }) => (indexed || unique) && !hidden && !options.multiple,
    )
    .map(({ name }) => literal(name));
  return names.length === 0 ? 'never' : names.join(' | ');
}
