import { describe, expect, it } from 'vitest';
import { compareFields } from './compare-fields.ts';
import { normalField, type NormalField } from './normal-field.ts';

const field = (name: string, id?: string, more: Partial<NormalField> = {}): NormalField => ({
  ...(id === undefined ? {} : { id }),
  name,
  type: 'text',
  ...more,
});
const kinds = (wanted: readonly NormalField[], current: readonly NormalField[]) =>
  compareFields(wanted, current).changes.map(({ kind, name }) => `${kind} ${name}`);

describe('fields of the file and the server', () => {
  it('are the same by id, so a new name is a rename', () => {
    expect(kinds([field('b', '1')], [field('a', '1')])).toEqual(['rename a']);
  });

  it('are the same by name where the ids are another project’s', () => {
    const { fields, changes } = compareFields(
      [field('a', '9'), field('B')],
      [field('a', '1'), field('b', '2')],
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['rename']);
    expect(fields.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('may swap their names', () => {
    expect(kinds([field('b', '1'), field('a', '2')], [field('a', '1'), field('b', '2')])).toEqual([
      'rename a',
      'rename b',
    ]);
  });

  it('are new without an id that the server does not know', () => {
    const { fields } = compareFields([field('a', '1'), field('b', '9')], [field('a', '1')]);
    expect(fields).toEqual([field('a', '1'), field('b')]);
  });

  it('keep the ids of fields within components and blocks', () => {
    const inner = (id?: string) => ({
      type: 'component' as const,
      options: { fields: [field('x', id)], blocks: { hero: [field('y', id)] } },
    });
    const { fields, changes } = compareFields(
      [field('c', '9', inner('8'))],
      [field('c', '1', inner('2'))],
    );
    expect(changes).toEqual([]);
    expect(fields).toEqual([field('c', '1', inner('2'))]);
  });

  it('are moved, dropped and changed as such', () => {
    const current = [field('a', '1'), field('b', '2'), field('c', '3')];
    expect(kinds([field('b', '2'), field('a', '1', { type: 'number' })], current)).toEqual([
      'drop c',
      'change a',
      'move the fields',
    ]);
    expect(
      kinds([field('a', '1'), field('new'), field('b', '2'), field('c', '3')], current),
    ).toEqual(['add new', 'move the new fields']);
  });
});

describe('the normal form', () => {
  it('is the same for all spellings of one field', () => {
    const spelled = normalField({
      name: 'when',
      type: 'datetime',
      required: false,
      validation: { required: true, min: '2020-01-01T01:00:00+01:00', max: null },
      options: {},
      rules: { read: null },
    });
    expect(spelled).toEqual({
      name: 'when',
      type: 'datetime',
      options: { min: '2020-01-01T00:00:00.000Z' },
    });
    expect(normalField({ name: 'ok', type: 'boolean', validation: { required: true } })).toEqual({
      name: 'ok',
      type: 'bool',
      required: true,
    });
  });
});
