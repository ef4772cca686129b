import type { Migration } from './migration.ts';

/** Who published, hid and removed which work, and why. Only ever added to. */
export const acts: Migration = {
  name: 'acts',
  statements: ({ text, strict }) => [
    `CREATE TABLE acts (
      id ${text} PRIMARY KEY, at ${text} NOT NULL, "by" ${text} NOT NULL, act ${text} NOT NULL,
      work_id ${text} NOT NULL, why ${text} NOT NULL)${strict}`,
    'CREATE INDEX acts_on_work ON acts (work_id, at)',
  ],
};
