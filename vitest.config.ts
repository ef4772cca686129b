import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    // Beside a watcher Vitest leaves one core free; nothing else is to be done here.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}'],
          setupFiles: ['src/testing/seed.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Reading the program anew for each file of tests would take as long as the tests.
          isolate: false,
        },
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
        },
      },
    ],
  },
});
