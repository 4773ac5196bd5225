import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { hashKey, keyPrefix, newKey } from './key-format.ts';

it('makes keys that a scanner can tell by prefix and checksum', () => {
  const key = newKey('root');
  expect(key).toMatch(/^cms_root_[0-9A-Za-z]{49}$/);
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const sum = Array.from(key.slice(-6)).reduce((n, c) => n * 62 + alphabet.indexOf(c), 0);
  expect(sum).toBe(crc32(key.slice(0, -6)));
});

it('never makes one twice, and shows no secret in the prefix', () => {
  const made = Array.from({ length: 1000 }, () => newKey('root'));
  const [first = ''] = made;
  const keys = new Set(made);
  expect(keys.size).toBe(1000);
  expect(keyPrefix(first)).toHaveLength(13);
  expect(hashKey('a')).toHaveLength(64);
});
