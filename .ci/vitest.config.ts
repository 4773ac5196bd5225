import { defineConfig } from 'vitest/config';
import { reportersFor } from './vitest-reporters.ts';

export default defineConfig({
  test: { include: ['*.test.ts'], reporters: reportersFor('tooling'), testTimeout: 30_000 },
});
