import type { Migration } from './migration.ts';

/** What pseuds say of themselves, and how large the pictures of works are. */
export const profiles: Migration = {
  name: 'profiles',
  statements: ({ text, strict }) => [
    `CREATE TABLE profiles (
      person_id ${text} PRIMARY KEY REFERENCES people (id), bio ${text}, pronouns ${text} NOT NULL, links ${text} NOT NULL,
      icon ${text} REFERENCES blobs (sha256), icon_type ${text}, seal ${text} NOT NULL)${strict}`,
    'CREATE INDEX profiles_by_icon ON profiles (icon)',
    'ALTER TABLE resources ADD COLUMN width INTEGER',
    'ALTER TABLE resources ADD COLUMN height INTEGER',
  ],
};
