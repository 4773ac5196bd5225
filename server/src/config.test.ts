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
