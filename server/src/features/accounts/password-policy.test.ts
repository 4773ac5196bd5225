import { expect, it } from 'vitest';
import { AppError } from '../../platform/errors/app-error.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { assertGoodPassword } from './password-policy.ts';

const refused = (password: string) => {
  try {
    assertGoodPassword('password', password, 'someone.else@example.com');
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.details : error;
  }
};

it('refuses the commonest passwords in any case, and the address', () => {
  for (const password of ['password1', 'PassWord123', 'qwertyuiop', 'someone.else'])
    expect(refused(password), password).toMatchObject([{ field: 'password', code: 'common' }]);
  for (const password of ['SecurePass123', 'NewSecurePass123', 'correct horse battery'])
    expect(refused(password), password).toBeUndefined();
});

it('hashes with argon2id, salted, whatever the spelling in Unicode', async () => {
  const [one, other] = [await hashPassword('p\u00e4ss word'), await hashPassword('p\u00e4ss word')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword(one, 'pa\u0308ss word')).toBe(true);
  expect(await verifyPassword(one, 'pass word')).toBe(false);
  expect(await verifyPassword(undefined, 'the password of nobody')).toBe(false);
});
