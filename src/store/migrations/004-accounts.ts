import type { Migration } from './migration.ts';

/**
 * Accounts and what belongs to them. All of these tables are private: the public knows the rows of kind `pseud` in
 * `people`, and `pseuds` alone says whose they are.
 */
export const accounts: Migration = {
  name: 'accounts',
  statements: ({ text, strict }) => [
    `CREATE TABLE accounts (
      id ${text} PRIMARY KEY, sign_in ${text} NOT NULL UNIQUE, pass_phrase ${text} NOT NULL, role ${text} NOT NULL,
      made_at ${text} NOT NULL, suspended_at ${text}, suspended_why ${text} NOT NULL, totp ${text},
      totp_step INTEGER NOT NULL)${strict}`,
    'CREATE INDEX accounts_by_age ON accounts (made_at, id)',
    'CREATE INDEX accounts_by_role ON accounts (role)',
    `CREATE TABLE pseuds (
      person_id ${text} PRIMARY KEY REFERENCES people (id), account_id ${text} NOT NULL REFERENCES accounts (id),
      position INTEGER NOT NULL)${strict}`,
    'CREATE INDEX pseuds_of_account ON pseuds (account_id, position)',
    `CREATE TABLE sessions (
      token_hash ${text} PRIMARY KEY, id ${text} NOT NULL UNIQUE,
      account_id ${text} NOT NULL REFERENCES accounts (id), label ${text} NOT NULL, strong INTEGER NOT NULL,
      begun_at ${text} NOT NULL, seen_on ${text} NOT NULL)${strict}`,
    'CREATE INDEX sessions_of_account ON sessions (account_id)',
    `CREATE TABLE codes (
      hash ${text} PRIMARY KEY, account_id ${text} NOT NULL REFERENCES accounts (id), kind ${text} NOT NULL,
      until ${text})${strict}`,
    'CREATE INDEX codes_of_account ON codes (account_id, kind)',
    `CREATE TABLE passkeys (
      id ${text} PRIMARY KEY, account_id ${text} NOT NULL REFERENCES accounts (id), public_key ${text} NOT NULL,
      counter ${text} NOT NULL, transports ${text} NOT NULL, label ${text} NOT NULL, made_at ${text} NOT NULL,
      used_at ${text})${strict}`,
    'CREATE INDEX passkeys_of_account ON passkeys (account_id, made_at)',
    `CREATE TABLE invitations (
      id ${text} PRIMARY KEY, code_hash ${text} NOT NULL UNIQUE, made_by ${text}, made_at ${text} NOT NULL,
      until ${text} NOT NULL, role ${text} NOT NULL, note ${text} NOT NULL, used_at ${text})${strict}`,
    'CREATE INDEX invitations_by_age ON invitations (made_at, id)',
    `CREATE TABLE sign_up_requests (
      id ${text} PRIMARY KEY, code_hash ${text} NOT NULL UNIQUE, made_at ${text} NOT NULL, name ${text} NOT NULL,
      words ${text} NOT NULL, answer ${text} NOT NULL, answered_at ${text})${strict}`,
    'CREATE INDEX sign_up_requests_by_answer ON sign_up_requests (answer, made_at, id)',
    `CREATE TABLE archive_settings (key ${text} PRIMARY KEY, value ${text} NOT NULL)${strict}`,
  ],
};
