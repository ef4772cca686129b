import type { Importer } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOfS2, parseS2 } from './page.ts';

/** Reads entries and threads in LiveJournal's older S2 layouts, and pages of a day or of recent entries. */
export const livejournalS2Importer: Importer = {
  name: 'livejournal-s2',
  version: 1,
  about: 'LiveJournal pages in the generator family of layouts: entries, their threads, pages of a day.',
  recognises: (file) => isPageOfS2(file.text),
  read: (file, decisions) => adaptJournal(parseS2(file), file, livejournalS2Importer, decisions),
};
