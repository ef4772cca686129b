import type { Migration } from './migration.ts';

/** Seals for the rest of what is kept; '' in rows from before. */
export const seals: Migration = {
  name: 'seals',
  statements: ({ text }) =>
    ['people', 'tags', 'sources', 'remarks', 'verdicts'].map(
      (table) => `ALTER TABLE ${table} ADD COLUMN seal ${text} NOT NULL DEFAULT ''`,
    ),
};
