import type { Migration } from './migration.ts';

/** How works are read: counts by day and nothing of who. Whether a work is counted is for its author to say. */
export const readings: Migration = {
  name: 'readings',
  statements: ({ text, strict }) => [
    'ALTER TABLE works ADD COLUMN counted INTEGER NOT NULL DEFAULT 1',
    `CREATE TABLE readings (
      work_id ${text} NOT NULL REFERENCES works (id), day ${text} NOT NULL, kind ${text} NOT NULL,
      key ${text} NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (work_id, day, kind, key))${strict}`,
    'CREATE INDEX readings_by_day ON readings (day)',
  ],
};
