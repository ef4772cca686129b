import type { Migration } from './migration.ts';

/** What each part of the full-text index was made of, so that it is kept and not made anew; and erased texts found at once. */
export const keptIndex: Migration = {
  name: 'kept-index',
  statements: ({ text }) => [
    `ALTER TABLE search_docs ADD COLUMN made_of ${text} NOT NULL DEFAULT ''`,
    'CREATE INDEX texts_erased ON texts (work_id, erased_at, hash) WHERE html IS NULL',
  ],
};
