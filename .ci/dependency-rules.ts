import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import type { Use } from './package-rules.ts';
import { isSupportFile, workspaces } from './repo-files.ts';
import type { Workspace } from './repo-files.ts';

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly exports?: string | Record<string, unknown>;
}

const readManifest = (root: string, folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;

/** The package part of a specifier: `@trpc/server/http` -> `@trpc/server`; `node:` for Node's modules. */
export const packageNameOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return 'node:';
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
};

const typesOf = (packageName: string) =>
  `@types/${packageName.startsWith('@') ? packageName.slice(1).replace('/', '__') : packageName}`;

/** Doors into packages without an "exports" map, as their own documentation names them. */
const documentedDoors = new Set(['ajv/dist/2020.js']);

const exportsPath = ({ exports }: Manifest, subpath: string) =>
  exports === undefined || typeof exports === 'string' ? subpath === '.' : subpath in exports;

/**
 * A rule that knows the package.json files under `root`: a package is declared where it is used, and
 * entered by a door it exports.
 */
export const dependencyRule = (root: string): ((use: Use) => string | undefined) => {
  const tools = readManifest(root, '.');
  const manifests = Object.fromEntries(
    workspaces.map((workspace) => [workspace, readManifest(root, workspace)]),
  ) as Record<Workspace, Manifest>;

  const deepPath = ({ packageName, specifier }: Use) => {
    if (documentedDoors.has(specifier)) return undefined;
    const target = workspaces.find((workspace) => packageName === `@cms/${workspace}`);
    const subpath = `.${specifier.slice(packageName.length)}`;
    if (
      target
        ? exportsPath(manifests[target], subpath)
        : !/\/(?:dist|lib|src|build)(?:\/|$)/u.test(subpath)
    )
      return undefined;
    return `${specifier} reaches into a package; import what its "exports" offer`;
  };

  const undeclared = ({ workspace, path, packageName, typeOnly }: Use) => {
    // A package may name itself by what it exports, as its users do.
    if (packageName === `@cms/${workspace}`) return undefined;
    const { dependencies = {}, devDependencies = {} } = manifests[workspace];
    const anywhere = { ...dependencies, ...devDependencies, ...tools.devDependencies };
    const usable = isSupportFile(path) || typeOnly ? anywhere : dependencies;
    if (packageName in usable || (typeOnly && typesOf(packageName) in anywhere)) return undefined;
    return `${packageName} is not declared: npm i -E -w @cms/${workspace} ${packageName}`;
  };

  return (use) => (use.packageName === 'node:' ? undefined : (deepPath(use) ?? undeclared(use)));
};
