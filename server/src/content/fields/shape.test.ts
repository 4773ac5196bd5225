import { describe, expect, it } from 'vitest';
import { compileShape } from './shape.ts';
import { fieldsOf } from './test-fields.ts';

const [a, c, b] = fieldsOf(
  { name: 'a', type: 'text' },
  {
    name: 'c',
    type: 'component',
    options: {
      fields: [
        { name: 'x', type: 'text', hidden: true },
        { name: 'y', type: 'text' },
      ],
    },
  },
  { name: 'b', type: 'blocks', options: { blocks: { k: [{ name: 'y', type: 'text' }] } } },
);
if (!a || !b || !c) throw new Error('There are no fields.');

describe('shape', () => {
  it('lets text through where nothing differs', () => {
    expect(compileShape([a, b], { retired: false }).passThrough).toBe(true);
    expect(compileShape([a, b], { retired: true }).passThrough).toBe(false);
    expect(compileShape([{ ...a, name: 'z' }], { retired: false }).passThrough).toBe(false);
    expect(compileShape([c], { retired: false }).passThrough).toBe(false);
    expect(compileShape([c], { retired: false, showHidden: true }).passThrough).toBe(true);
  });

  it('maps keys to names at all levels and drops what no field knows', () => {
    const shape = compileShape([{ ...a, name: 'z' }, c, b], { retired: true });
    expect(
      shape.toWire({
        a: 1,
        gone: 2,
        c: { x: 'secret', y: null, old: 1 },
        b: [{ type: 'k', y: 'v', old: 1 }, { type: 'gone' }],
      }),
    ).toEqual({
      z: 1,
      c: { y: null },
      b: [{ type: 'k', y: 'v' }],
    });
    expect(shape.toWire({ c: null, b: null })).toEqual({ c: null, b: null });
  });
});
