import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'lab/src/**/*.test.ts'],
    exclude: ['**/*.engine.test.ts', '**/node_modules/**'],
    setupFiles: ['apps/web/src/text/testText.ts'],
    testTimeout: 20_000,
  },
});
