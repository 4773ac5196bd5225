import { expect, it } from 'vitest';
import { addMapping } from './add-mapping.ts';

it('adds up', () => {
  expect(addMapping('old=', addMapping('The title=author.slug'))).toEqual({
    'The title': 'author.slug',
    old: '',
  });
});

it('refuses what is no mapping', () => {
  expect(() => addMapping('nothing')).toThrow('from=to');
  expect(() => addMapping('a=b c')).toThrow('from=to');
});
