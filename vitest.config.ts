import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/testing/seed.ts'], testTimeout: 30_000 },
      },
      { extends: true, test: { name: 'docs', include: ['docs/**/*.test.ts'] } },
      { extends: true, test: { name: 'books', include: ['browser/books/**/*.test.ts'], testTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['browser/**/*.test.ts'],
          exclude: ['browser/books/**'],
          testTimeout: 300_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
