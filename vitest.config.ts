import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'lab/src/**/*.test.ts'],
    exclude: ['**/*.engine.test.ts', '**/node_modules/**'],
    testTimeout: 20_000,
  },
});
