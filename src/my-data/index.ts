import type { Schema } from '../store/schema.ts';
import { accountPart, creditsPart } from './account.ts';
import { commentsPart } from './comments.ts';
import { draftsPart } from './drafts.ts';
import { importsPart } from './imports.ts';
import { mailPart } from './mail.ts';
import { moderationPart } from './moderation.ts';
import type { DataPart } from './part.ts';
import { profilesPart } from './profiles.ts';
import { readingsPart } from './readings.ts';
import { suggestionsPart } from './suggestions.ts';
import { verdictsPart } from './verdicts.ts';
import { worksPart } from './works.ts';

/** Everything here that is someone's own, in the order in which the download has it. */
export const dataParts: readonly DataPart[] = [
  worksPart,
  draftsPart,
  commentsPart,
  verdictsPart,
  accountPart,
  profilesPart,
  mailPart,
  creditsPart,
  suggestionsPart,
  moderationPart,
  readingsPart,
  importsPart,
];

/**
 * The tables nothing is taken from, and why. A table that stands neither here nor in a part fails a test: whoever adds
 * one says whose it is.
 */
export const tablesWithout: Partial<Readonly<Record<keyof Schema, string>>> = {
  migrations: 'says which program made the tables',
  orphans: 'says which works are nobody’s',
  search_docs: 'is made of the words of works',
  forbidden: 'says what may not be imported, and is the hosts’',
  credit_links: 'holds links to drafts that nobody has followed yet, as hashes only',
  sign_up_requests: 'is from before there was an account, and nothing says whose request became which',
  archive_settings: 'is the archive’s',
};
