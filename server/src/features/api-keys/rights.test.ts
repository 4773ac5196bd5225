import {
  accessLevelOf,
  accessLevels,
  type Permission,
  permissions,
  permissionsOfScope,
  rolePermissions,
  scopeNames,
} from '@cms/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boundedBy, covers, rightsOf } from './rights.ts';

const scopes = fc.uniqueArray(fc.constantFrom(...scopeNames));
const ids = fc.uniqueArray(fc.constantFrom('col_1', 'col_2', 'col_3'));
const grants = fc.record({ 'content:read': ids, 'content:write': ids }, { requiredKeys: [] });
const rights = fc.tuple(scopes, grants).map(([wide, named]) => rightsOf(wide, named));
const held = fc.uniqueArray(fc.constantFrom(...permissions)).map((list) => new Set(list));

it('never exceed whoever holds less, whatever they stand for', () => {
  fc.assert(
    fc.property(rights, held, (asked, own) => {
      const left = boundedBy(asked, own);
      expect(covers(asked, left)).toBe(true);
      expect(covers({ permissions: own, grants: new Map() }, left)).toBe(true);
    }),
  );
});

it('cover themselves, and what something covers that they cover', () => {
  fc.assert(
    fc.property(rights, rights, rights, (one, two, three) => {
      expect(covers(one, one)).toBe(true);
      if (covers(one, two) && covers(two, three)) expect(covers(one, three)).toBe(true);
    }),
  );
});

it('cover a single collection by all of them, not the other way round', () => {
  const [all, one] = [
    rightsOf(['content:write'], {}),
    rightsOf([], { 'content:write': ['col_1'] }),
  ];
  expect([covers(all, one), covers(one, all)]).toEqual([true, false]);
  const author = boundedBy(one, new Set(rolePermissions.author));
  expect([...author.grants.keys()]).toEqual(['content:write_own']);
});

it('grow with the access level, which is the least that holds them', () => {
  const [read, write, admin] = accessLevels.map((level) => rightsOf([level], {}));
  expect(covers(write as never, read as never)).toBe(true);
  expect(covers(admin as never, write as never)).toBe(true);
  for (const level of accessLevels)
    expect(accessLevelOf(permissionsOfScope(level) as Permission[])).toBe(level);
});
