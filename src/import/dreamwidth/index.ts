import type { Importer } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOfDreamwidth, parseDreamwidth } from './page.ts';

/** Reads saved pages of this layout; the layout itself is told in `page.ts`. */
export const dreamwidthImporter: Importer = {
  name: 'dreamwidth',
  version: 1,
  about:
    'Pages of Dreamwidth: entries with their comments, days and recent entries, in every style of the site.',
  recognises: (file) => isPageOfDreamwidth(file.text),
  read: (file, decisions) => adaptJournal(parseDreamwidth(file), file, dreamwidthImporter, decisions),
};
