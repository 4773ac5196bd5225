import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario } from '../scenarios/index.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { type BenchDatabase, POOL_SIZE } from './start-database.ts';
import type { Sample } from './take-samples.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const key = 'bench-key-of-one-run-0123456789';

/** Starts the product as it is run in production, on its own database. */
export const startProduct = (
  database: BenchDatabase,
  folder: string,
  profileDir: string | undefined,
  signal: AbortSignal,
): Promise<ChildServer> =>
  startChild(
    {
      name: 'product',
      program: pathOf('../../src/main.ts'),
      nodeOptions: profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`],
      environment: {
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        DATA_DIR: join(folder, 'product'),
        DATABASE_URL: database.productUrl,
        DATABASE_POOL_SIZE: String(POOL_SIZE),
        ROOT_API_KEY: key,
        LOG_FORMAT: 'json',
      },
      headers: { 'x-api-key': key },
    },
    signal,
  );

/** Starts L3 on its own database of the same PostgreSQL. */
export const startDriver = (database: BenchDatabase, signal: AbortSignal): Promise<ChildServer> =>
  startChild(
    {
      name: 'L3',
      program: pathOf('driver-http.ts'),
      environment: {
        NODE_ENV: 'production',
        DATABASE_URL: database.driverUrl,
        DATABASE_POOL_SIZE: String(POOL_SIZE),
      },
    },
    signal,
  );

/** Starts L2 with the replies that it shall send, one a scenario. */
export function startConstant(
  samples: ReadonlyMap<Scenario, Sample>,
  folder: string,
  signal: AbortSignal,
): Promise<ChildServer> {
  const file = join(folder, 'samples.json');
  const routes = [...samples].map(([{ route }, sample]) => [`${sample.method} ${route}`, sample]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(routes)));
  return startChild(
    {
      name: 'L2',
      program: pathOf('constant-express.ts'),
      environment: { NODE_ENV: 'production', SAMPLES: file },
    },
    signal,
  );
}
