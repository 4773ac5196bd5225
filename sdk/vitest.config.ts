import { defineConfig } from 'vitest/config';
import { reportersFor } from '../.ci/vitest-reporters.ts';

export default defineConfig({
  test: { include: ['{src,test,scripts}/**/*.test.ts'], reporters: reportersFor('sdk') },
});
