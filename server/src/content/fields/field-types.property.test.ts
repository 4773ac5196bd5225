import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { FieldDefinition } from '@cms/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileValidator } from './compile-validator.ts';
import { entryDataSchema } from './json-schema.ts';
import { normaliseFields } from './normalise-fields.ts';
import { compileShape } from './shape.ts';
import { fieldIds, fieldsOf } from './test-fields.ts';

const ajv = new Ajv2020({ strict: false, logger: false });
addFormats.default(ajv);

const text = fc
  .string({ unit: 'binary' })
  .filter((each) => !each.includes('\u0000') && each.isWellFormed());
const id = fc.stringMatching(/^ent_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
const day = fc
  .date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const json = fc
  .jsonValue({ maxDepth: 4, stringUnit: 'grapheme' })
  // JSON has no negative zero of its own.
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter(
    (each) =>
      !JSON.stringify(each).includes('\\u0000') && !JSON.stringify(each).includes('__proto__'),
  );
const place = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lng: fc.double({ min: -180, max: 180, noNaN: true }),
});

/** A definition of each type with values that it must take. */
const cases: readonly (readonly [FieldDefinition, fc.Arbitrary<unknown>])[] = [
  [{ name: 'v', type: 'text', options: { max_length: 500 } }, text],
  [
    { name: 'v', type: 'text', options: { pattern: '^a+$', min_length: 2 } },
    fc.stringMatching(/^a{2,9}$/),
  ],
  [{ name: 'v', type: 'editor' }, text],
  [{ name: 'v', type: 'email' }, fc.emailAddress().filter((each) => each.length < 255)],
  [{ name: 'v', type: 'url' }, fc.webUrl({ withQueryParameters: true, withFragments: true })],
  [{ name: 'v', type: 'slug' }, fc.stringMatching(/^[a-z0-9_~-][a-z0-9._~-]{0,99}$/)],
  [
    { name: 'v', type: 'number', options: { min: -1e300 } },
    finite.filter((each) => each >= -1e300),
  ],
  [{ name: 'v', type: 'integer' }, fc.maxSafeInteger()],
  [{ name: 'v', type: 'bool' }, fc.boolean()],
  [{ name: 'v', type: 'date' }, day.map((each) => each.slice(0, 10))],
  [{ name: 'v', type: 'datetime' }, day],
  [
    { name: 'v', type: 'select', options: { values: ['a', 'b', 'ü'] } },
    fc.constantFrom('a', 'b', 'ü'),
  ],
  [
    { name: 'v', type: 'select', options: { values: ['a', 'b'], multiple: true } },
    fc.uniqueArray(fc.constantFrom('a', 'b')),
  ],
  [{ name: 'v', type: 'json' }, json],
  [{ name: 'v', type: 'relation', options: { collection: 'x' } }, id],
  [
    { name: 'v', type: 'relation', options: { collection: 'x', multiple: true } },
    fc.uniqueArray(id),
  ],
  [{ name: 'v', type: 'geo_point' }, place],
  [
    {
      name: 'v',
      type: 'component',
      options: {
        fields: [
          { name: 'a', type: 'text', required: true },
          { name: 'b', type: 'geo_point' },
        ],
      },
    },
    fc.record({ a: text, b: fc.option(place) }, { requiredKeys: ['a'] }),
  ],
  [
    {
      name: 'v',
      type: 'blocks',
      options: {
        max_items: 9,
        blocks: { one: [{ name: 'a', type: 'integer' }], two: [{ name: 'a', type: 'bool' }] },
      },
    },
    fc.array(
      fc.oneof(
        fc.record({ type: fc.constant('one'), a: fc.integer() }),
        fc.record({ type: fc.constant('two'), a: fc.boolean() }),
      ),
      { maxLength: 9 },
    ),
  ],
];

/** Times that the formats of JSON Schema write more freely than RFC 3339 does. */
const looseTime = /[+-]\d\d(\d\d)?$|:60|\s/i;

describe.each(cases)('%j', (definition, valid) => {
  const fields = fieldsOf({ ...definition, required: true });
  const { create } = compileValidator(fields);
  const fits = ajv.compile(entryDataSchema(fields, 'create'));
  const reads = ajv.compile(entryDataSchema(fields, 'read'));
  const shape = compileShape(fields, { retired: true });

  it('takes valid values; what it makes of them is a fixed point that survives JSON and the wire', () => {
    fc.assert(
      fc.property(valid, (v) => {
        const first = create({ v });
        if (v === null) return;
        if (!first.ok) throw new Error(JSON.stringify(first.issues));
        const wire = shape.toWire(
          JSON.parse(JSON.stringify(first.data)) as Record<string, unknown>,
        );
        expect(wire).toEqual(first.data);
        expect(create(wire)).toEqual(first);
        expect(reads(wire), JSON.stringify(reads.errors)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('agrees with its JSON Schema on any value, and never throws', () => {
    const garbage = fc.oneof(
      fc.jsonValue(),
      text,
      finite,
      fc.constantFrom(
        '2023-02-29',
        '2024-02-29',
        '0000-01-01',
        '2024-01-01T25:00:00Z',
        '2024-01-01T10:00:00.5+01:30',
        'a@b',
        'a@b.c',
        'http://',
        'https://ü.de/ä?x#y',
        'javascript:x',
        '../x',
        '.x',
        9007199254740992,
      ),
      valid.map((each) => [each, each]),
      valid.map((each) =>
        typeof each === 'object' && each !== null ? { ...each, extra: 1 } : `${String(each)}x`,
      ),
    );
    fc.assert(
      fc.property(garbage, (v) => {
        if (typeof v === 'string' && looseTime.test(v)) return;
        const plain = JSON.stringify(v);
        if (plain.includes('\\u0000') || plain.includes('__proto__') || plain.includes('\\ud'))
          return;
        const { ok } = create({ v });
        expect(ok, JSON.stringify([v, fits.errors])).toBe(
          definition.type === 'json' && v === null ? false : fits({ v }),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('never throws on what is not even JSON, and leaves prototypes alone', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withNullPrototype: true,
          withObjectString: true,
          withMap: true,
          withDate: true,
          withBigInt: true,
        }),
        (v) => {
          create({ v });
          create(v);
        },
      ),
      { numRuns: 60 },
    );
    create(JSON.parse('{"v":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('definitions', () => {
  const name = fc.stringMatching(/^[a-z]{1,3}$/);
  const wild = fc.record(
    {
      name,
      type: fc.constantFrom(
        'text',
        'slug',
        'number',
        'integer',
        'bool',
        'date',
        'datetime',
        'select',
        'json',
        'relation',
        'geopoint',
        'richtext',
      ),
      required: fc.boolean(),
      unique: fc.boolean(),
      indexed: fc.boolean(),
      default: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant('now')),
      options: fc.oneof(
        fc.constantFrom(
          {},
          { values: ['a', 'b'] },
          { collection: 'x', multiple: true },
          { schema: { type: 'object' } },
          { from: 'a' },
          { min: 3, max: 1 },
          { min_length: 1, pattern: '(' },
        ),
        fc.record({
          schema: fc.dictionary(
            fc.constantFrom('type', 'properties', '$ref', 'items', 'pattern', '$id'),
            fc.jsonValue({ maxDepth: 2 }),
          ),
        }),
      ),
      validation: fc.record(
        { required: fc.option(fc.boolean()), unique: fc.boolean() },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['name', 'type'] },
  );
  const plain = fc.record(
    {
      name,
      type: fc.constantFrom(
        'text',
        'slug',
        'number',
        'integer',
        'bool',
        'date',
        'datetime',
        'geopoint',
        'json',
      ),
      required: fc.boolean(),
      hidden: fc.constant(false),
    },
    { requiredKeys: ['name', 'type'] },
  );
  const leaf = fc.oneof({ arbitrary: plain, weight: 3 }, wild);
  const { field } = fc.letrec<{ field: unknown }>((tie) => ({
    field: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'field' },
      leaf,
      fc.record({
        name,
        type: fc.constant('component'),
        options: fc.record({
          fields: fc.array(tie('field'), { minLength: 1, maxLength: 3, depthIdentifier: 'field' }),
        }),
      }),
      fc.record({
        name,
        type: fc.constant('blocks'),
        options: fc.record({
          blocks: fc.dictionary(
            name,
            fc.array(tie('field'), { minLength: 1, maxLength: 2, depthIdentifier: 'field' }),
            { minKeys: 1, maxKeys: 2 },
          ),
        }),
      }),
    ),
  }));

  it('either become fields that compile or give issues', () => {
    let made = 0;
    fc.assert(
      fc.property(fc.array(field, { maxLength: 3 }), (sent) => {
        const parsed = sent.flatMap((each) => FieldDefinition.safeParse(each).data ?? []);
        const result = normaliseFields(parsed, { usedKeys: new Set(), newId: fieldIds() });
        if ('issues' in result) {
          expect(result.issues.length).toBeGreaterThan(0);
          return;
        }
        if (parsed.length > 0) made += 1;
        const schema = entryDataSchema(result.fields, 'create');
        expect(ajv.validateSchema(schema)).toBe(true);
        compileValidator(result.fields).create({});
        expect(compileShape(result.fields, { retired: false }).passThrough).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(made).toBeGreaterThan(50);
  });
});
