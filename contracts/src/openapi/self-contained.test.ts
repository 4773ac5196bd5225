import { describe, expect, it } from 'vitest';
import { selfContained } from './self-contained.ts';

describe('selfContained', () => {
  it('lets a part that refers within its own schema allow anything', () => {
    const schema = {
      type: 'object',
      $defs: { name: { type: 'string' } },
      properties: { a: { $ref: '#/$defs/name' }, b: { type: 'array', items: { $ref: '#' } } },
    };
    expect(selfContained(schema)).toEqual({
      type: 'object',
      properties: { a: {}, b: { type: 'array', items: {} } },
    });
  });

  it('says a default in words, and as an example', () => {
    const schema = { properties: { n: { type: 'integer', default: 0, description: 'How many' } } };
    expect(selfContained(schema)).toEqual({
      properties: {
        n: { type: 'integer', description: 'How many; 0 where it is not sent', examples: [0] },
      },
    });
  });

  it('keeps properties and values that are called like a keyword', () => {
    const schema = {
      properties: { default: { type: 'string' }, $ref: { type: 'string' } },
      required: ['default'],
      examples: [{ default: 'a', $ref: 'b' }],
      enum: [{ $ref: 'c' }],
    };
    expect(selfContained(schema)).toEqual(schema);
  });
});
