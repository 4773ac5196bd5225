import { expect, it } from 'vitest';
import { newSecret } from './secret-token.ts';
import {
  addressChangedMail,
  passwordChangedMail,
  resetMail,
  verificationMail,
  welcomeMail,
} from './write-mail.ts';

it('keeps to lines that mail leaves as they are, and the token to a line of its own', () => {
  const [reset, verify] = [newSecret('reset'), newSecret('verify')];
  const mails = [
    resetMail('a@b.c', reset),
    verificationMail('a@b.c', verify),
    welcomeMail('a@b.c', reset),
  ];
  for (const { text } of [...mails, passwordChangedMail('a@b.c'), addressChangedMail('a@b.c')])
    for (const line of text.split('\n')) expect(line).toMatch(/^[ -~]{0,76}$/);
  expect(mails[0]?.text.split('\n')).toContain(reset);
  expect(mails[2]?.text.split('\n')).toContain(reset);
  expect(mails[1]?.text.split('\n')).toContain(verify);
});
