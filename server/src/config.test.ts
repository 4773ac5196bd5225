import { expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

it('needs nothing', () => {
  expect(readConfig({})).toMatchObject({ port: 3000, databaseUrl: undefined, corsOrigins: '*' });
});

it('takes an empty variable for one that is not set', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000 });
});

it('lists every problem at once, by the variable’s name, without its value', () => {
  const wrong = {
    PORT: 'eighty',
    DATABASE_URL: 'mysql://u:hunter2@h/d',
    ROOT_API_KEY: 'short',
    LOG_FORMAT: 'xml',
  };
  const read = () => readConfig(wrong);
  expect(read).toThrow(ConfigError);
  for (const name of Object.keys(wrong)) expect(read).toThrow(name);
  expect(read).not.toThrow('hunter2');
});

it('takes a Meilisearch, whose key is no part of its address', () => {
  expect(readConfig({}).meili).toBeUndefined();
  const own = { MEILI_URL: 'http://search:7700', MEILI_API_KEY: 'key', SEARCH_FALLBACK: 'none' };
  expect(readConfig(own).meili).toEqual({
    url: 'http://search:7700',
    apiKey: 'key',
    prefix: 'cms',
    fallback: false,
  });
  const wrong = { MEILI_URL: 'http://key@search:7700', MEILI_INDEX_PREFIX: 'a b' };
  expect(() => readConfig(wrong)).toThrow(
    /2 problem.*MEILI_URL: .*MEILI_API_KEY.*MEILI_INDEX_PREFIX/s,
  );
});
