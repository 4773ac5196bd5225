import { permissions, type Permission } from '@cms/contracts';
import { expect, it } from 'vitest';
import type { Principal, RootPrincipal } from '../context.ts';
import { fieldsOf } from '../fields/test-fields.ts';
import { accessTo, refused } from './access.ts';
import { policyOf } from './policy.ts';

const clock = { now: () => new Date('2026-01-31T09:30:00.000Z') };
const collection = (list: string | null, status: 'published' | 'draft' = 'published') => {
  const fields = fieldsOf({ name: 'owner', type: 'text' });
  const stored = { id: 'col_1', name: 'notes', storage: 'es_1', fields, rules: { list } };
  return { id: stored.id, status, policy: policyOf(stored, () => undefined) };
};
const caller = (held: readonly Permission[], more: Partial<RootPrincipal> = {}): RootPrincipal => ({
  id: null,
  kind: 'anonymous',
  projectId: null,
  permissions: new Set(held),
  ...more,
});
const asks = (principal: Principal, of: Parameters<typeof accessTo>[1]) =>
  accessTo({ principal, clock }, of, { action: 'list', permission: 'content:read', method: 'GET' });

const owner = caller(permissions, { kind: 'root', id: 'key_1' });
const reader = caller(['content:read'], {
  kind: 'root',
  id: 'usr_1',
  email: 'a@b.c',
  role: 'user',
});
const open = { publishedOnly: false, rule: undefined };

it('binds everybody but owners and admins by a rule that is set', () => {
  expect(asks(owner, collection('owner = x'))).toEqual(open);
  expect(asks(reader, collection(null))).toEqual(open);
  expect(asks(reader, collection(''))).toEqual(open);
  const bound = asks(reader, collection('owner = @request.auth.id && @request.auth.role = "user"'));
  expect(bound?.publishedOnly).toBe(false);
  expect(bound?.rule?.values()).toEqual(['usr_1', 'user', 'user']);
});

it('opens to the public what a rule opens, and no drafts', () => {
  expect(asks(caller([]), collection(null))).toBeUndefined();
  expect(asks(caller([]), undefined)).toBeUndefined();
  expect(asks(caller([]), collection(''))).toEqual({ publishedOnly: true, rule: undefined });
  expect(asks(caller([]), collection('', 'draft'))).toBeUndefined();
  const bound = asks(caller([]), collection('owner = @request.auth.id'));
  expect(bound?.publishedOnly).toBe(true);
  expect(bound?.rule?.values()).toEqual(['']);
});

it('opens nothing by a rule that no longer holds together', () => {
  expect(asks(caller([]), collection('gone = 1'))?.rule?.where(1)).toBe('false');
});

it('refuses who is known otherwise than who is not', () => {
  expect(refused(reader).code).toBe('FORBIDDEN');
  expect(refused(caller([])).code).toBe('UNAUTHORIZED');
});
