import type { Importer } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOfSixhtml, parseSixhtml } from './page.ts';

/** Reads entries and threads in LiveJournal's later S2 layouts, which have classes for their parts. */
export const livejournalSixhtmlImporter: Importer = {
  name: 'livejournal-sixhtml',
  version: 1,
  about:
    'LiveJournal pages in the layouts Expressive, Refried Paper, Dear Diary, Variable Flow and Disjointed.',
  recognises: (file) => isPageOfSixhtml(file.text),
  read: (file, decisions) => adaptJournal(parseSixhtml(file), file, livejournalSixhtmlImporter, decisions),
};
