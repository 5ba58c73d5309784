import { defineConfig } from 'vitest/config';

/** Tests that need a Docker Engine at /var/run/docker.sock. They run on a test host of the lab, so that nobody's own engine is touched: npm run test:host. */
export default defineConfig({
  test: { include: ['apps/*/src/**/*.engine.test.ts'], testTimeout: 20_000, fileParallelism: false },
});
