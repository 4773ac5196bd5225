import { expect, test } from 'vitest';
import { completeLockfile } from './complete-lockfile.ts';

const tool = {
  version: '1.0.0',
  dev: true,
  optionalDependencies: {
    '@tool/binding-linux-x64-gnu': '1.0.0',
    '@tool/binding-linux-arm64-musl': '1.0.0',
    '@tool/windows-64': '1.0.0',
  },
};
const present = { version: '1.0.0', optional: true };

test('packages of other platforms are added where npm would put them', () => {
  const { lockfile, added } = completeLockfile({
    packages: {
      '': {},
      'node_modules/@tool/binding-linux-x64-gnu': present,
      'node_modules/tool': tool,
    },
  });
  expect(added).toEqual([
    'node_modules/@tool/binding-linux-arm64-musl',
    'node_modules/@tool/windows-64',
  ]);
  expect(Object.keys(lockfile.packages)).toEqual([
    '',
    'node_modules/@tool/binding-linux-arm64-musl',
    'node_modules/@tool/binding-linux-x64-gnu',
    'node_modules/@tool/windows-64',
    'node_modules/tool',
  ]);
  expect(lockfile.packages['node_modules/@tool/binding-linux-arm64-musl']).toEqual({
    version: '1.0.0',
    os: ['linux'],
    cpu: ['arm64'],
    libc: ['musl'],
    dev: true,
    optional: true,
  });
  expect(lockfile.packages['node_modules/@tool/windows-64']).toMatchObject({
    os: ['win32'],
    cpu: ['x64'],
  });
});

test('a complete lockfile stays as it is', () => {
  const complete = completeLockfile({ packages: { '': {}, 'node_modules/tool': tool } }).lockfile;
  expect(completeLockfile(complete)).toEqual({ lockfile: complete, added: [] });
});
