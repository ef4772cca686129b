import type { Kysely } from 'kysely';
import { Invalid, NotFound } from '../../errors.ts';
import { type CleanHtml, textOfHtml } from '../../html.ts';
import { emptyProfile, longestOf, type Profile, type ProfileLink } from '../../model/profile.ts';
import type { ImageView } from '../../model/views.ts';
import type { CleanPicture } from '../../pictures.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { parseJson, storable } from '../engine/text.ts';
import { dropUnused, keepBlobs, packBytes, unpack } from '../originals.ts';
import type { Schema } from '../schema.ts';

/** What a name says of itself; an empty profile for one that says nothing, and for names from elsewhere. */
export async function readProfile(store: Store, personId: string): Promise<Profile> {
  const row = await store.read
    .selectFrom('profiles')
    .select(['bio', 'pronouns', 'links', 'icon'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  if (row === undefined) return emptyProfile;
  return {
    bio: row.bio as CleanHtml | null,
    pronouns: row.pronouns,
    links: parseJson<ProfileLink[]>(row.links),
    hasIcon: row.icon !== null,
  };
}

/**
 * Lets a pseud say something else of herself. `icon` is another picture, null for none, undefined for the one she has.
 * @throws Invalid with the field that does not fit, NotFound for a pseud that is not one of the account's
 */
export async function saveProfile(
  store: Store,
  accountId: string,
  personId: string,
  said: Omit<Profile, 'hasIcon'>,
  icon?: CleanPicture | null,
): Promise<void> {
  checkProfile(said);
  const blob = icon == null ? undefined : await packBytes(icon.bytes);
  await inTransaction(store, async (t) => {
    await mustOwn(t, accountId, personId);
    const before = await t
      .selectFrom('profiles')
      .select(['icon', 'icon_type'])
      .where('person_id', '=', personId)
      .executeTakeFirst();
    if (blob !== undefined) await keepBlobs(store, t, [blob]);
    const kept = icon === undefined ? before : undefined;
    const row = {
      person_id: personId,
      bio: said.bio === null ? null : storable(said.bio),
      pronouns: storable(said.pronouns),
      links: JSON.stringify(said.links),
      icon: blob?.sha256 ?? kept?.icon ?? null,
      icon_type: icon?.mediaType ?? kept?.icon_type ?? null,
    };
    await t.deleteFrom('profiles').where('person_id', '=', personId).execute();
    const isEmpty = row.bio === null && row.pronouns === '' && said.links.length === 0 && row.icon === null;
    if (!isEmpty) await t.insertInto('profiles').values(sealed(store, row)).execute();
    if (before?.icon != null && before.icon !== row.icon) await dropUnused(t, before.icon);
  });
}

/** The picture a pseud chose, or the name alone where she chose none. @throws NotFound where nobody has the id */
export async function findIcon(
  store: Store,
  personId: string,
): Promise<{ readonly name: string; readonly icon: ImageView | null }> {
  const row = await store.read
    .selectFrom('people')
    .leftJoin('profiles', 'profiles.person_id', 'people.id')
    .leftJoin('blobs', 'blobs.sha256', 'profiles.icon')
    .select(['people.name', 'profiles.icon_type', 'blobs.bytes', 'blobs.encoding'])
    .where('people.id', '=', personId)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound(`store: no person has the id ${JSON.stringify(personId)}`);
  const bytes = await unpack({ bytes: row.bytes, encoding: row.encoding ?? 'none' });
  const icon = bytes === null || row.icon_type === null ? null : { mediaType: row.icon_type, bytes };
  return { name: row.name, icon };
}

/** Takes away what a pseud said of herself, her picture too, within the transaction that takes the pseud away. */
export async function eraseProfile(t: Kysely<Schema>, personId: string): Promise<void> {
  const row = await t
    .selectFrom('profiles')
    .select('icon')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  await t.deleteFrom('profiles').where('person_id', '=', personId).execute();
  if (row?.icon != null) await dropUnused(t, row.icon);
}

async function mustOwn(t: Kysely<Schema>, accountId: string, personId: string): Promise<void> {
  const row = await t
    .selectFrom('pseuds')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (row === undefined) throw new NotFound('store: this account has no such name');
}

function checkProfile({ bio, pronouns, links }: Omit<Profile, 'hasIcon'>): void {
  const fail = (path: string, why: string): never => {
    throw new Invalid(`store: ${why}`, { path });
  };
  if (bio?.includes('<img ') === true) fail('bio', 'what you say of yourself holds no pictures');
  if (bio !== null && textOfHtml(bio).length > longestOf.bio)
    fail('bio', `what you say of yourself has at most ${longestOf.bio.toLocaleString('en-US')} characters`);
  if ([...pronouns].length > longestOf.pronouns)
    fail('pronouns', `pronouns have at most ${longestOf.pronouns} characters`);
  if (links.length > longestOf.links) fail('links', `there are at most ${longestOf.links} links`);
  for (const { label, url } of links) {
    if (!isWeb(url)) fail('links', `${JSON.stringify(url.slice(0, 60))} is no address of the web: https://…`);
    if (url.length > longestOf.url) fail('links', `an address has at most ${longestOf.url} characters`);
    if (label === '' || [...label].length > longestOf.label)
      fail('links', `what a link is called has 1 to ${longestOf.label} characters`);
  }
}

function isWeb(url: string): boolean {
  return /^https?:$/.test(URL.parse(url)?.protocol ?? '');
}
