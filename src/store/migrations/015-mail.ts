import type { Migration } from './migration.ts';

/** Mail addresses of those who gave one: encrypted, and used for nothing that their owner did not tick. */
export const mail: Migration = {
  name: 'mail',
  statements: ({ text, strict }) => [
    `CREATE TABLE mail_addresses (
      account_id ${text} PRIMARY KEY REFERENCES accounts (id), address ${text} NOT NULL, for_reset INTEGER NOT NULL,
      confirmed_at ${text}, code_hash ${text} NOT NULL, code_until ${text} NOT NULL)${strict}`,
    'CREATE INDEX mail_addresses_by_code ON mail_addresses (code_hash)',
  ],
};
