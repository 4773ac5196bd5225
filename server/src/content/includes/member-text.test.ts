import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memberOf, withMembers } from './member-text.ts';

/** The text of an object as PostgreSQL writes it: a blank behind commas and colons. */
const written = (value: object): string =>
  `{${Object.entries(value)
    .map(([key, each]) => `"${key}": ${JSON.stringify(each).replaceAll('","', '", "')}`)
    .join(', ')}}`;

const id = fc.stringMatching(/^ent_[a-z0-9]{4}$/);
const related = fc.oneof(id, fc.array(id), fc.constant(null));
const tricky = fc.stringMatching(/^(by|"|\\|: |, |\{|\}|null|\[|\])*$/);
const other = fc.oneof(fc.string(), tricky, fc.integer(), fc.boolean(), fc.constant(null));

it('finds the one member whatever the texts beside it hold', () => {
  fc.assert(
    fc.property(other, related, other, (before, by, after) => {
      const data = { title: before, by, by_line: after, bye: 'by' };
      const text = written(data);
      const member = memberOf(text, 'by');
      expect(member && JSON.parse(text.slice(member.start, member.end))).toEqual(by);
      const replaced = member && withMembers(text, [{ ...member, value: '{"id":1}' }]);
      expect(JSON.parse(replaced ?? '')).toEqual({ ...data, by: { id: 1 } });
    }),
  );
});

it('puts several members in their places, in whatever order they come', () => {
  const text = '{"a": "x", "b": ["y", "z"], "c": null}';
  const values = ['c', 'a', 'b'].map((key) => {
    const member = memberOf(text, key);
    if (!member) throw new Error(`There is no ${key}.`);
    return { ...member, value: `<${key}>` };
  });
  expect(withMembers(text, values)).toBe('{"a": <a>, "b": <b>, "c": <c>}');
});

it('knows what is not there, also where it is spelled in a text', () => {
  expect(memberOf(written({ title: '"by": "ent_1"' }), 'by')).toBeUndefined();
});
