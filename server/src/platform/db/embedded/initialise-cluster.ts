import { existsSync } from 'node:fs';
import { lchown, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { keepPassword, newPassword, readPassword } from './cluster-password.ts';
import type { Ids, Launcher } from './launcher.ts';
import { runToEnd } from './launcher.ts';
import type { PostgresPrograms } from './postgres-programs.ts';

/** Name of the database, and of the role that owns it and that the application connects as. */
export const DATABASE = 'cms';

const DRAFT_PREFIX = 'postgres.new-';

/**
 * Sees to it that `clusterDir` holds a complete cluster that the launcher's user owns, and returns the password of the
 * role `cms`. A new cluster is made in a folder beside and renamed when it is complete, so one that was interrupted is
 * never taken for a good one. Throws with what initdb said.
 */
export async function ensureCluster(place: {
  dataDir: string;
  clusterDir: string;
  programs: PostgresPrograms;
  launcher: Launcher;
}): Promise<string> {
  const { dataDir, clusterDir, programs, launcher } = place;
  await removeInterrupted(dataDir);
  const kept = await readPassword(dataDir);
  const password = kept ?? newPassword();
  if (existsSync(clusterDir)) {
    await giveTo(clusterDir, launcher.owner);
    if (kept === undefined) {
      await runSql(launcher, programs, clusterDir, `ALTER ROLE ${DATABASE} PASSWORD '${password}'`);
      await keepPassword(dataDir, password);
    }
    return password;
  }
  const draft = await mkdtemp(path.join(dataDir, DRAFT_PREFIX));
  await giveTo(draft, launcher.owner);
  await runInitdb(launcher, programs, draft);
  // Only the role below has a password, and only 127.0.0.1 may come in: the superuser cannot log in at all.
  await writeFile(path.join(draft, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  await runSql(
    launcher,
    programs,
    draft,
    `CREATE ROLE ${DATABASE} LOGIN CREATEDB PASSWORD '${password}'\nCREATE DATABASE ${DATABASE} OWNER ${DATABASE}`,
  );
  await keepPassword(dataDir, password);
  await rename(draft, clusterDir);
  return password;
}

async function removeInterrupted(dataDir: string): Promise<void> {
  const names = await readdir(dataDir);
  const drafts = names.filter((name) => name.startsWith(DRAFT_PREFIX));
  await Promise.all(
    drafts.map((name) =>
      rm(path.join(dataDir, name), { recursive: true, force: true, maxRetries: 5 }),
    ),
  );
}

/**
 * Sorting is by code point and letters are Unicode's on every system (PostgreSQL's own C.UTF-8). The system's locale
 * beside it decides what a letter is in pg_trgm and full text search: plain C, where only ASCII counts, comes last.
 */
async function runInitdb(
  launcher: Launcher,
  programs: PostgresPrograms,
  folder: string,
): Promise<void> {
  const options = ['-U', 'postgres', '--auth=reject', '--encoding=UTF8', '--data-checksums'];
  const collation = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C'];
  let output = '';
  for (const locale of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const command = [programs.initdb, '-D', folder, ...options, ...collation, `--locale=${locale}`];
    const result = await runToEnd(launcher, command);
    if (result.code === 0) return;
    output = result.output;
    if (!output.includes('invalid locale name')) break;
  }
  const hint = output.includes('could not look up effective user ID')
    ? '\nThis user has no line in /etc/passwd: add one, or set DATABASE_URL to a PostgreSQL of your own.'
    : '';
  throw new Error(
    `The database could not be made in ${folder}. initdb said:\n${lastLines(output)}${hint}`,
  );
}

/** Runs statements, one a line, as the superuser without a running server. Throws with what PostgreSQL said. */
async function runSql(
  launcher: Launcher,
  programs: PostgresPrograms,
  folder: string,
  sql: string,
): Promise<void> {
  const command = [
    programs.postgres,
    '--single',
    '-D',
    folder,
    '-c',
    'exit_on_error=on',
    '-c',
    'log_statement=none',
  ];
  // The statements hold a password, so PostgreSQL is told not to repeat them when they fail.
  const quiet = ['-c', 'log_min_error_statement=panic'];
  const { code, output } = await runToEnd(launcher, [...command, ...quiet, 'postgres'], `${sql}\n`);
  if (code !== 0)
    throw new Error(
      `The database in ${folder} could not be set up. PostgreSQL said:\n${lastLines(output)}`,
    );
}

/** Changes the owner of a folder and all in it, the folder itself last: an interrupted change is done again. */
async function giveTo(folder: string, owner: Ids | undefined): Promise<void> {
  if (owner === undefined || (await stat(folder)).uid === owner.uid) return;
  for (const name of await readdir(folder, { recursive: true })) {
    await lchown(path.join(folder, name), owner.uid, owner.gid);
  }
  await lchown(folder, owner.uid, owner.gid);
}

function lastLines(output: string): string {
  return output.split('\n').slice(-12).join('\n');
}
