import type { Migration } from './migration.ts';

/** What writers save beyond what readers see, and which states readers were ever shown. */
export const publications: Migration = {
  name: 'publications',
  statements: ({ text, strict }) => [
    'ALTER TABLE works ADD COLUMN newest INTEGER NOT NULL DEFAULT 1',
    'UPDATE works SET newest = state',
    `CREATE TABLE publications (
      work_id ${text} NOT NULL REFERENCES works (id), state INTEGER NOT NULL, at ${text} NOT NULL,
      PRIMARY KEY (work_id, state))${strict}`,
    // Until now every state of a published work was what readers saw from then on.
    `INSERT INTO publications (work_id, state, at)
      SELECT works.id, states.number, states.made_at FROM works JOIN states ON states.work_id = works.id
      WHERE works.published_at IS NOT NULL
        AND (states.number = works.state OR states.made_at >= works.published_at)`,
  ],
};
