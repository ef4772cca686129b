import { findIcon, readProfile } from '../store/accounts.ts';
import { type DataPart, dataFile } from './part.ts';

/** What she says of herself under each of her names, and the pictures that stand for them. */
export const profilesPart: DataPart = {
  path: 'profiles.json',
  about: 'What you say of yourself under each name: pronouns, links, words, and your pictures beside it.',
  tables: ['profiles'],
  async *files(store, { account }) {
    const profiles = [];
    for (const { id, name } of account.pseuds) {
      const { icon } = await findIcon(store, id);
      const picture = icon === null ? null : `icons/${id}.${icon.mediaType.replace('image/', '')}`;
      const { bio, pronouns, links } = await readProfile(store, id);
      profiles.push({ name, pronouns, links, bio, picture });
      if (icon !== null && picture !== null) yield { path: picture, kind: 'picture', bytes: icon.bytes };
    }
    yield dataFile('profiles.json', profiles);
  },
};
