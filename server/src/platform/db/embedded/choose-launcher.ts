import { stat } from 'node:fs/promises';
import type { Ids, Launcher } from './launcher.ts';
import { runToEnd } from './launcher.ts';

const NOBODY = 65534;

/**
 * Decides how PostgreSQL, which refuses to run as root, is to be started. A normal user starts it directly. As root, the
 * first of these that works here:
 *
 * 1. as the owner of the existing database folder, or as nobody (65534): needs no account to be made;
 * 2. the same with the one capability to pass by folder permissions, for a checkout below a closed folder such as /root
 *    (`no_setuid_fixup` lets access(2), by which PostgreSQL looks at its own files, see that capability too);
 * 3. in a user namespace where root is called nobody, for containers that have no other user ids.
 *
 * `clusterDir` need not exist. Throws an error that says what to do when none works.
 */
export async function chooseLauncher(paths: {
  dataDir: string;
  clusterDir: string;
  postgres: string;
}): Promise<Launcher> {
  if (process.getuid?.() !== 0) {
    await refuseForeignCluster(paths.clusterDir);
    return { name: 'directly', owner: undefined, runAs: undefined, prefix: [] };
  }
  const failures: string[] = [];
  for (const launcher of launchersForRoot(await ownerOf(paths.clusterDir))) {
    // The real thing is tried, not guessed from mode bits: enter the data folder and start the program.
    const probe = [
      'sh',
      '-c',
      'cd "$1" && exec "$2" --version',
      'sh',
      paths.dataDir,
      paths.postgres,
    ];
    const { code, output } = await runToEnd(launcher, probe);
    if (code === 0) return launcher;
    failures.push(`- ${launcher.name}: ${output || `exit code ${code}`}`);
  }
  throw new Error(
    'PostgreSQL does not run as root, and no way to run it as another user works here:\n' +
      `${failures.join('\n')}\n` +
      'Start the server as a normal user, or put the project and DATA_DIR into folders that every user may enter, or set ' +
      'DATABASE_URL to a PostgreSQL of your own.',
  );
}

/** The launchers that root may use, in the order of preference, for a database folder owned by `existing`, if any. */
export function launchersForRoot(existing: Ids | undefined): Launcher[] {
  const user =
    existing === undefined || existing.uid === 0 ? { uid: NOBODY, gid: NOBODY } : existing;
  const passFolders = [
    '--inh-caps',
    '+dac_override',
    '--ambient-caps',
    '+dac_override',
    '--securebits',
    '+no_setuid_fixup',
  ];
  const become = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'];
  return [
    { name: `as user ${user.uid}`, owner: user, runAs: user, prefix: [] },
    {
      name: `as user ${user.uid}, past closed folders (setpriv)`,
      owner: user,
      runAs: undefined,
      prefix: ['setpriv', ...become, ...passFolders],
    },
    {
      name: 'in a user namespace (unshare)',
      owner: { uid: 0, gid: 0 },
      runAs: undefined,
      prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`],
    },
  ];
}

async function refuseForeignCluster(clusterDir: string): Promise<void> {
  const owner = await ownerOf(clusterDir);
  const me = process.getuid?.();
  if (owner === undefined || me === undefined || owner.uid === me) return;
  throw new Error(
    `The database in ${clusterDir} belongs to user ${owner.uid}, and this process runs as user ${me}. It was probably ` +
      `made by a start as root: start as root again, or run "sudo chown -R ${me}" on the data folder, or set DATA_DIR.`,
  );
}

async function ownerOf(folder: string): Promise<Ids | undefined> {
  try {
    return await stat(folder);
  } catch {
    return undefined;
  }
}
