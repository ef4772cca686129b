import type { Migration } from './migration.ts';

/** What archivists bring in by the browser: each batch with its files, and what became of each. */
export const imports: Migration = {
  name: 'imports',
  statements: ({ text, strict }) => [
    `CREATE TABLE import_batches (
      id ${text} PRIMARY KEY, brought_by ${text} NOT NULL, begun_at ${text} NOT NULL, ended_at ${text},
      files INTEGER NOT NULL)${strict}`,
    'CREATE INDEX import_batches_by_day ON import_batches (begun_at)',
    `CREATE TABLE import_files (
      batch_id ${text} NOT NULL REFERENCES import_batches (id), position INTEGER NOT NULL, report ${text} NOT NULL,
      PRIMARY KEY (batch_id, position))${strict}`,
  ],
};
