import type { FieldDefinition } from '@cms/contracts';
import { describe, expect, it } from 'vitest';
import { compileValidator } from './compile-validator.ts';
import { fieldOf, fieldsOf } from './test-fields.ts';

const now = () => new Date('2026-01-31T09:30:00.000Z');
const entry = (n: number) => `ent_${String(n).padStart(26, '0')}`;
const create = (data: unknown, ...definitions: FieldDefinition[]) =>
  compileValidator(fieldsOf(...definitions), now).create(data);
const dataOf = (data: unknown, ...definitions: FieldDefinition[]) => {
  const result = create(data, ...definitions);
  return result.ok ? result.data : result.issues;
};
const codes = (data: unknown, ...definitions: FieldDefinition[]) => {
  const result = create(data, ...definitions);
  return result.ok ? [] : result.issues.map(({ field, code }) => `${field} ${code}`);
};

describe('create', () => {
  it('reports every bad field with its path', () => {
    expect(
      codes(
        {
          tags: ['a', 'a', 4],
          blocks: [{ type: 'hero', heading: 4 }, { type: 'x' }, {}, 3],
          titel: 'x',
          place: { lat: 91, lng: 0 },
        },
        { name: 'title', type: 'text', required: true },
        { name: 'tags', type: 'select', options: { values: ['a', 'b'], multiple: true } },
        {
          name: 'blocks',
          type: 'blocks',
          options: { blocks: { hero: [{ name: 'heading', type: 'text' }] } },
        },
        { name: 'place', type: 'geo_point' },
      ),
    ).toEqual([
      'title required',
      'tags.2 type',
      'tags.1 duplicate',
      'blocks.0.heading type',
      'blocks.1.type values',
      'blocks.2.type required',
      'blocks.3 type',
      'place.lat type',
      'titel unknown_field',
    ]);
  });

  it("guesses what an unknown field was meant to be, and says a field's own message", () => {
    const result = create(
      { titel: 1, count: 'x' },
      { name: 'title', type: 'text' },
      { name: 'count', type: 'integer', message: 'Count them.' },
    );
    expect(result).toMatchObject({
      ok: false,
      issues: [
        { message: 'Count them.' },
        { message: 'There is no field "titel". Did you mean "title"?' },
      ],
    });
  });

  it('fills in defaults, the moment, and slugs of any script', () => {
    const fields: FieldDefinition[] = [
      { name: 'title', type: 'text' },
      { name: 'slug', type: 'slug', required: true, options: { from: 'title', max_length: 16 } },
      { name: 'at', type: 'datetime', default: 'now' },
      { name: 'on', type: 'date', default: 'now' },
      { name: 'word', type: 'text', default: 'now' },
    ];
    expect(dataOf({ title: 'Über Straßen & Co' }, ...fields)).toEqual({
      title: 'Über Straßen & Co',
      slug: 'ueber-strassen',
      at: '2026-01-31T09:30:00.000Z',
      on: '2026-01-31',
      word: 'now',
    });
    expect(dataOf({ title: '你好 世界' }, ...fields)).toMatchObject({ slug: '你好-世界' });
    expect(codes({ title: '🎉' }, ...fields)).toEqual(['slug required']);
  });

  it('keeps text byte for byte, counts code points, and refuses what jsonb cannot hold', () => {
    const text: FieldDefinition = {
      name: 't',
      type: 'text',
      options: { min_length: 2, max_length: 2 },
    };
    for (const sound of ['😀😀', '  ', 'é\u0301'])
      expect(dataOf({ t: sound }, text)).toEqual({ t: sound });
    expect(codes({ t: '😀' }, text)).toEqual(['t min_length']);
    expect(codes({ t: '😀😀😀' }, text)).toEqual(['t max_length']);
    for (const bad of ['\u0000a', 'a\ud800'])
      expect(
        codes(
          { t: bad, j: [{ k: bad }], k: { [bad]: 1 } },
          text,
          { name: 'j', type: 'json' },
          { name: 'k', type: 'json' },
        ),
      ).toEqual(['t invalid_text', 'j.0.k invalid_text', 'k invalid_text']);
    expect(codes({ t: '' }, { name: 't', type: 'text', required: true })).toEqual([]);
    expect(codes({ t: 'é'.repeat(1001) }, { name: 't', type: 'text', unique: true })).toEqual([
      't max_bytes',
    ]);
    expect(codes({ t: 'é'.repeat(1000) }, { name: 't', type: 'text', indexed: true })).toEqual([]);
  });

  it('bounds the depth of json and takes nothing from prototypes', () => {
    const json: FieldDefinition = { name: 'j', type: 'json' };
    const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    expect(codes({ j: deep(64) }, json)).toEqual([]);
    expect(create({ j: deep(65) }, json)).toMatchObject({ issues: [{ code: 'too_deep' }] });
    expect(codes(JSON.parse('{"j":{"a":{"__proto__":{"x":1}}}}'), json)).toEqual([
      'j.a invalid_text',
    ]);
    expect(codes(JSON.parse('{"__proto__":{"j":1},"constructor":1}'), json)).toEqual([
      '__proto__ unknown_field',
      'constructor unknown_field',
    ]);
    expect(
      codes(
        { j: { a: '1' } },
        { ...json, options: { schema: { properties: { a: { type: 'number' } } } } },
      ),
    ).toEqual(['j.a schema']);
    expect(codes({ j: JSON.parse('1e999') }, json)).toEqual(['j type']);
  });

  it('finds references at every depth', () => {
    const relation: FieldDefinition = {
      name: 'to',
      type: 'relation',
      options: { collection: 'x', multiple: true, on_delete: 'cascade' },
    };
    const result = create(
      { to: [entry(1), entry(2)], b: [{ type: 'k', c: { to: [entry(3)] } }] },
      relation,
      {
        name: 'b',
        type: 'blocks',
        options: {
          blocks: { k: [{ name: 'c', type: 'component', options: { fields: [relation] } }] },
        },
      },
    );
    expect(result.ok && result.references.map(({ path, entryId }) => [path, entryId])).toEqual([
      ['to.0', entry(1)],
      ['to.1', entry(2)],
      ['b.0.c.to.0', entry(3)],
    ]);
    expect(codes({ to: [entry(1), entry(1)] }, relation)).toEqual(['to.1 duplicate']);
    expect(codes({ to: ['12'] }, relation)).toEqual(['to.0 format']);
  });

  it('wants an object', () => {
    for (const data of [null, 3, 'x', [], undefined]) expect(codes(data)).toEqual([' type']);
  });
});

describe('update', () => {
  const fields = fieldsOf(
    { name: 'a', type: 'text', required: true },
    { name: 'b', type: 'json', readonly: true },
    { name: 'c', type: 'relation', options: { collection: 'x' } },
    { name: 'd', type: 'text', default: 'unused' },
  );
  const { update } = compileValidator(fields, now);
  const current = { a: 'x', b: { k: [1] }, c: entry(1) };

  it('merges at the top level, clears with null, and gives all references', () => {
    expect(update(current, { d: null })).toMatchObject({
      ok: true,
      data: { ...current, d: null },
      references: [{ entryId: entry(1) }],
    });
    expect(update(current, { c: null })).toMatchObject({
      data: { a: 'x', c: null },
      references: [],
    });
  });

  it('refuses to clear what is required and to change what is readonly', () => {
    expect(update(current, { a: null, b: { k: [2] } })).toMatchObject({
      issues: [{ code: 'required' }],
    });
    expect(update(current, { b: { k: [2] } })).toMatchObject({
      issues: [{ field: 'b', code: 'readonly' }],
    });
    expect(update(current, { b: { k: [1] } })).toMatchObject({ ok: true });
  });

  it('stores by key when the name has changed', () => {
    const renamed = { ...fieldOf({ name: 'a', type: 'text' }), name: 'z' };
    expect(compileValidator([renamed]).update({ a: '1' }, { z: '2' })).toMatchObject({
      data: { a: '2' },
    });
  });
});
