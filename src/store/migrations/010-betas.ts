import type { Migration } from './migration.ts';

/**
 * Who reads drafts, by name or by a link; whether and when she is named; what she suggests.
 * `naming`: `named` stands in the header, `may` is to be, `never` is not.
 */
export const betas: Migration = {
  name: 'betas',
  statements: ({ text, strict }) => [
    `ALTER TABLE creatorships ADD COLUMN naming ${text} NOT NULL DEFAULT 'may'`,
    `UPDATE creatorships SET naming = 'named' WHERE answer = 'accepted'`,
    `ALTER TABLE creatorships ADD COLUMN ended_at ${text}`,
    `CREATE TABLE credit_links (
      id ${text} PRIMARY KEY, work_id ${text} NOT NULL REFERENCES works (id), role ${text} NOT NULL,
      code_hash ${text} NOT NULL UNIQUE, made_by ${text} NOT NULL, made_at ${text} NOT NULL, until ${text} NOT NULL,
      note ${text} NOT NULL, used_at ${text})${strict}`,
    'CREATE INDEX credit_links_of_work ON credit_links (work_id, made_at)',
    `CREATE TABLE suggestions (
      id ${text} PRIMARY KEY, work_id ${text} NOT NULL REFERENCES works (id), passage ${text} NOT NULL,
      person_id ${text} NOT NULL REFERENCES people (id), made_at ${text} NOT NULL, position INTEGER NOT NULL,
      state INTEGER NOT NULL, anchor ${text}, replacement ${text}, note ${text} NOT NULL, status ${text} NOT NULL,
      answered_at ${text}, answered_by ${text}, accepted_in INTEGER, seal ${text} NOT NULL)${strict}`,
    'CREATE INDEX suggestions_of_work ON suggestions (work_id, status, passage)',
    'CREATE INDEX suggestions_of_person ON suggestions (person_id, work_id)',
    `CREATE TABLE suggestion_replies (
      suggestion_id ${text} NOT NULL REFERENCES suggestions (id), number INTEGER NOT NULL,
      person_id ${text} NOT NULL REFERENCES people (id), at ${text} NOT NULL, words ${text} NOT NULL,
      seal ${text} NOT NULL, PRIMARY KEY (suggestion_id, number))${strict}`,
  ],
};
