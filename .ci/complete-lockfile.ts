import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repo-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: string[];
  readonly cpu?: string[];
  readonly libc?: string[];
  readonly optionalDependencies?: Record<string, string>;
}

/** The part of package-lock.json that is read and written here. */
export interface Lockfile {
  readonly packages: Record<string, LockedPackage>;
}

const systems: Record<string, string> = { windows: 'win32' };
const processors: Record<string, string> = { '64': 'x64' };
const libraries: Record<string, string> = { gnu: 'glibc', musl: 'musl' };

/** `@oxlint/binding-linux-arm64-musl` -> the platform that npm compares with its own. */
const platformOf = (name: string): LockedPackage => {
  const [, system = '', processor = '', library = ''] =
    /(android|darwin|freebsd|linux|openharmony|win32|windows)-([a-z0-9]+)(?:-([a-z]+))?$/u.exec(
      name,
    ) ?? [];
  const libc = system === 'linux' ? libraries[library] : undefined;
  return {
    os: [systems[system] ?? system],
    cpu: [processors[processor] ?? processor],
    ...(libc === undefined ? {} : { libc: [libc] }),
  };
};

/**
 * Adds the optional packages of other platforms that a lockfile leaves out. npm leaves out what its
 * registry could not show it, and then `npm ci` refuses the lockfile ("Missing: … from lock file").
 * Returns the completed lockfile, its entries sorted as npm sorts them, and the names that were added.
 * Throws for an optional package without a platform in its name.
 */
export const completeLockfile = (lockfile: Lockfile): { lockfile: Lockfile; added: string[] } => {
  const missing = new Map<string, LockedPackage>();
  for (const { optionalDependencies = {}, dev } of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      const known = Object.keys(lockfile.packages).some(
        (at) => at === path || at.endsWith(`/${path}`),
      );
      if (known || !/^\d/u.test(version)) continue;
      const { cpu = [], libc, os = [] } = platformOf(name);
      if (os[0] === '')
        throw new Error(`${name}: no platform in its name; "npm install" must add it`);
      // In the order in which npm writes the keys, so that its next install changes nothing.
      const devOnly = dev ? { dev } : {};
      missing.set(path, {
        version,
        cpu,
        ...devOnly,
        ...(libc ? { libc } : {}),
        optional: true,
        os,
      });
    }
  }
  const packages = Object.fromEntries(
    [...Object.entries(lockfile.packages), ...missing].toSorted(([one], [other]) =>
      one.localeCompare(other, 'en'),
    ),
  );
  return { lockfile: { ...lockfile, packages }, added: [...missing.keys()] };
};

if (import.meta.main) {
  const path = join(repositoryRoot, 'package-lock.json');
  const { lockfile, added } = completeLockfile(JSON.parse(readFileSync(path, 'utf8')) as Lockfile);
  if (added.length > 0 && process.argv.includes('--check')) {
    console.error(
      `package-lock.json lacks ${added.length} packages of other platforms, so "npm ci" refuses it: run "npm run lockfile"`,
    );
    process.exitCode = 1;
  } else if (added.length > 0) writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`);
  console.log(`lockfile: ${added.length} packages of other platforms missing`);
}
