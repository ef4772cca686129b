import type { Importer } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOfS1, parseS1 } from './page.ts';

/** Reads saved pages of this layout; the layout itself is told in `page.ts`. */
export const livejournalS1Importer: Importer = {
  name: 'livejournal-s1',
  version: 1,
  about: 'Pages of LiveJournal in the scheme of the site itself, also those asked for with ?format=light.',
  recognises: (file) => isPageOfS1(file.text),
  read: (file, decisions) => adaptJournal(parseS1(file), file, livejournalS1Importer, decisions),
};
