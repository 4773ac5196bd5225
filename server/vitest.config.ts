import { defineConfig } from 'vitest/config';
import { reportersFor } from '../.ci/vitest-reporters.ts';

export default defineConfig({
  test: {
    include: ['{src,test,bench}/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    reporters: reportersFor('server'),
    // Each file clones its own database; the first one also waits for PostgreSQL to start.
    testTimeout: 30_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
