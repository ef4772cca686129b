import type { Importer } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOf2013, parse2013 } from './page.ts';

/** Reads saved pages of this layout; the layout itself is told in `page.ts`. */
export const livejournal2013Importer: Importer = {
  name: 'livejournal-2013',
  version: 1,
  about:
    'Pages of LiveJournal in its design of 2013 and later, with the comments that were in the page when it was saved.',
  recognises: (file) => isPageOf2013(file.text),
  read: (file, decisions) => adaptJournal(parse2013(file), file, livejournal2013Importer, decisions),
};
