import { defineConfig } from 'vitest/config';
import { reportersFor } from '../.ci/vitest-reporters.ts';

export default defineConfig({
  test: {
    include: ['**/*.e2e.ts', '**/*.test.ts'],
    reporters: reportersFor('e2e'),
    // One server at a time: every file starts its own, as the README does.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
