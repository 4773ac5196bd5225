import { dictionary } from '@zxcvbn-ts/language-common';
import { invalid } from '../../platform/errors/app-error.ts';

let common: ReadonlySet<string> | undefined;

/** Refuses what everybody tries first, and the address itself. Throws VALIDATION_ERROR on `field`. */
export function assertGoodPassword(field: string, password: string, email: string): void {
  common ??= new Set(dictionary['passwords-common'].map(String));
  const lower = password.normalize('NFKC').toLowerCase();
  const [local] = email.toLowerCase().split('@');
  if (lower === email.toLowerCase() || lower === local)
    throw invalid([{ field, message: 'Choose something else than your address.', code: 'common' }]);
  if (common.has(lower))
    throw invalid([
      { field, message: 'This is one of the commonest passwords; choose another.', code: 'common' },
    ]);
}
