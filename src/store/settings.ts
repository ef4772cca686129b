import type { Kysely } from 'kysely';
import type { CleanHtml } from '../html.ts';
import type { ArchiveSettings } from '../model/settings.ts';
import { inTransaction, type Store } from './engine/store.ts';
import { parseJson, storable } from './engine/text.ts';
import type { Schema } from './schema.ts';

/** The house rules an archive begins with; clean as they stand, which a test holds: no start waits for the parser. */
export const defaultRules = [
  '<p>This archive keeps stories, and the conversation around them. Whoever writes or comments here agrees to this:</p>\n',
  '<ul>',
  '<li>No sexual content involving minors, in any form.</li>',
  '<li>No harassment and no threats. Criticise a story, not the person who wrote it.</li>',
  '<li>Publish nothing private about anyone: no legal names, addresses, photographs or messages that were not public.</li>',
  '<li>Every work states a rating and answers the archive warnings. “Not Rated” and “Choose Not To Use Archive Warnings” are answers.</li>',
  '<li>Post what is yours, or what you may pass on, and say whose it is.</li>',
  '</ul>\n',
  '<p>Anything here can be reported, without an account. What breaks these rules is hidden or taken away, and its author is told why.</p>',
].join('') as CleanHtml;

/** What holds until a host says otherwise: nobody signs up uninvited. */
export const defaultSettings: ArchiveSettings = {
  name: 'Variorum',
  signUp: 'invitation',
  rules: defaultRules,
  contact: '',
  guestComments: false,
  secondFactor: true,
  countReadings: true,
};

const row = 'archive';

/** What the host says of the archive; defaults for what she has not said. One indexed read. */
export async function readSettings(store: Store): Promise<ArchiveSettings> {
  const kept = await store.read
    .selectFrom('archive_settings')
    .select('value')
    .where('key', '=', row)
    .executeTakeFirst();
  return kept === undefined ? defaultSettings : { ...defaultSettings, ...parseJson(kept.value) };
}

/** Changes what is given and leaves the rest as it was. */
export async function saveSettings(store: Store, changes: Partial<ArchiveSettings>): Promise<void> {
  await inTransaction(store, (t) => changeSettings(t, changes));
}

/** The same, within a transaction. */
export async function changeSettings(t: Kysely<Schema>, changes: Partial<ArchiveSettings>): Promise<void> {
  const kept = await t
    .selectFrom('archive_settings')
    .select('value')
    .where('key', '=', row)
    .executeTakeFirst();
  const before = kept === undefined ? {} : parseJson<Partial<ArchiveSettings>>(kept.value);
  const value = storable(JSON.stringify({ ...before, ...changes }));
  await t
    .insertInto('archive_settings')
    .values({ key: row, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}
