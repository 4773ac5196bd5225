import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { repositoryRoot } from './server-process.ts';

const onPath = (names: readonly string[]): string[] =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));

const help = `
==========================================================================
NO SCHEMATHESIS: install it (pip install schemathesis), or name its program
with SCHEMATHESIS_PATH. To go on without the tests that need it, set
ALLOW_NO_SCHEMATHESIS=1.
==========================================================================
`;

const places = [
  process.env['SCHEMATHESIS_PATH'] ?? '',
  join(repositoryRoot, '.data/tools/schemathesis/bin/schemathesis'),
  ...onPath(['schemathesis', 'st']),
];
const found = places.find((path) => path !== '' && existsSync(path));

/**
 * Whether the tests that need Schemathesis run. Without it that is only false, and said loudly,
 * where ALLOW_NO_SCHEMATHESIS=1 allows it; else they run, and fail.
 */
export function hasSchemathesis(): boolean {
  if (found !== undefined || process.env['ALLOW_NO_SCHEMATHESIS'] !== '1') return true;
  process.stderr.write(help);
  return false;
}

/** The path of the program. Throws, with what to do, where there is none. */
export function schemathesisPath(): string {
  if (found === undefined) throw new Error(help);
  return found;
}
