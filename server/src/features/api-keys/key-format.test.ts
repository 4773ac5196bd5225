import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { hashKey, isProjectKey, keyPrefix, newKey } from './key-format.ts';

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

it('knows a key of a project from a mistyped one, and from the root key', () => {
  const key = newKey('key');
  expect(isProjectKey(key)).toBe(true);
  for (let at = 0; at < key.length; at += 1) {
    const other = key[at] === 'a' ? 'b' : 'a';
    expect(isProjectKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
  }
  for (const text of ['', key.slice(0, -1), `${key}a`, newKey('root')])
    expect(isProjectKey(text)).toBe(false);
});
