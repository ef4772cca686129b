import type { Migration } from './migration.ts';

/** What writers need: who wrote a work and who is asked to be named, drafts, the hour of publishing, old texts. */
export const writing: Migration = {
  name: 'writing',
  statements: ({ text, strict }) => [
    `ALTER TABLE works ADD COLUMN due_at ${text}`,
    `ALTER TABLE works ADD COLUMN old_texts ${text} NOT NULL DEFAULT 'nobody'`,
    'CREATE INDEX works_due ON works (stage, due_at)',
    `CREATE TABLE creatorships (
      work_id ${text} NOT NULL REFERENCES works (id), person_id ${text} NOT NULL REFERENCES people (id),
      role ${text} NOT NULL, position INTEGER NOT NULL, answer ${text} NOT NULL, asked_by ${text} NOT NULL,
      asked_at ${text} NOT NULL, answered_at ${text}, PRIMARY KEY (work_id, person_id, role))${strict}`,
    'CREATE INDEX creatorships_of_person ON creatorships (person_id, answer)',
    `CREATE TABLE drafts (
      work_id ${text} NOT NULL REFERENCES works (id), account_id ${text} NOT NULL, part ${text} NOT NULL,
      document ${text} NOT NULL, base INTEGER NOT NULL, number INTEGER NOT NULL, saved_at ${text} NOT NULL,
      PRIMARY KEY (work_id, account_id, part))${strict}`,
    'CREATE INDEX drafts_of_account ON drafts (account_id, saved_at)',
  ],
};
