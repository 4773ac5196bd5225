import { describe, expect, it } from 'vitest';
import { emailPattern, urlPattern } from '../fields.ts';
import { deriveExample } from './derive-example.ts';

describe('deriveExample', () => {
  it('takes what the schema itself says first', () => {
    expect(deriveExample({ type: 'string', examples: ['a'], default: 'b' }, {})).toBe('a');
    expect(deriveExample({ type: ['string', 'null'], examples: [null] }, {})).toBeNull();
    expect(deriveExample({ enum: ['x', 'y'] }, {})).toBe('x');
    expect(deriveExample({ const: 7 }, {})).toBe(7);
  });

  it('makes a text for patterns of ours and for simple ones', () => {
    expect(deriveExample({ type: 'string', pattern: emailPattern.source }, {})).toBe(
      'ada@example.com',
    );
    expect(deriveExample({ type: 'string', pattern: urlPattern.source }, {})).toBe(
      'https://example.com',
    );
    expect(deriveExample({ type: 'string', pattern: '^[A-Z]', minLength: 3 }, {})).toBe('Text');
    expect(deriveExample({ type: 'string', pattern: '^\\d{3}$' }, {})).toBe('123');
  });

  it('gives up where only a person could think of a value, or null where that is one', () => {
    const schema = { type: 'string', pattern: '^never this$' };
    expect(deriveExample(schema, {})).toBeUndefined();
    expect(deriveExample({ ...schema, type: ['string', 'null'] }, {})).toBeNull();
    expect(
      deriveExample({ type: 'object', properties: { a: schema }, required: ['a'] }, {}),
    ).toBeUndefined();
    expect(deriveExample({ type: 'string', pattern: '(?i)text' }, {})).toBeUndefined();
  });

  it('leaves optional keys out unless asked for them', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'integer', minimum: 5 }, b: { type: 'boolean' } },
      required: ['a'],
    };
    expect(deriveExample(schema, {})).toEqual({ a: 5 });
    expect(deriveExample(schema, {}, { optional: true })).toEqual({ a: 5, b: false });
  });

  it('follows references, and ends where they go round', () => {
    const components = {
      Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } },
    };
    expect(deriveExample({ $ref: '#/components/schemas/Node' }, components)).toEqual({});
    const endless = { A: { $ref: '#/components/schemas/A' } };
    expect(deriveExample({ $ref: '#/components/schemas/A' }, endless)).toBeUndefined();
  });

  it('keeps numbers and lists within their bounds', () => {
    expect(deriveExample({ type: 'number', minimum: 0.5, maximum: 0.75 }, {})).toBeLessThanOrEqual(
      0.75,
    );
    expect(deriveExample({ type: 'number', maximum: -3 }, {})).toBe(-3);
    expect(deriveExample({ type: 'array', items: { type: 'null' }, minItems: 2 }, {})).toHaveLength(
      2,
    );
  });
});
