import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of about a minute and more, which two cores should not come to last. */
const longest = ['every-page', 'payloads', 'store/contract', 'browser/writing', 'walk', 'store/kill'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = (file: TestSpecification) => longest.some((name) => file.moduleId.includes(`${name}.test`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    // Beside a watcher Vitest leaves one core free; nothing else is to be done here.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
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
