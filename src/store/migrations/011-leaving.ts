import type { Migration } from './migration.ts';

/** Works whose author took her name off them: nobody’s, until someone claims them with the code given at the time. */
export const leaving: Migration = {
  name: 'leaving',
  statements: ({ text, strict }) => [
    `CREATE TABLE orphans (
      work_id ${text} PRIMARY KEY REFERENCES works (id), code_hash ${text} NOT NULL, at ${text} NOT NULL)${strict}`,
    'CREATE INDEX orphans_by_code ON orphans (code_hash)',
  ],
};
