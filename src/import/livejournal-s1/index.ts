import type { Decision } from '../../model/remark.ts';
import type { Importer, OpenFile, Reading } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOfS1, parseS1 } from './page.ts';

const name = 'livejournal-s1';
const version = 1;

/** Reads saved pages of this layout; the layout itself is told in `page.ts`. */
export const livejournalS1Importer: Importer = {
  name,
  version,
  about: 'Pages of LiveJournal in the scheme of the site itself, also those asked for with ?format=light.',
  recognises: (file: OpenFile) => isPageOfS1(file.text),
  read: (file: OpenFile, decisions: readonly Decision[]): Reading =>
    adaptJournal(parseS1(file), file, { name, version }, decisions),
};
