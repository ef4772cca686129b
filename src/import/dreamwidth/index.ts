import type { Decision } from '../../model/remark.ts';
import type { Importer, OpenFile, Reading } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOfDreamwidth, parseDreamwidth } from './page.ts';

const name = 'dreamwidth';
const version = 1;

/** Reads saved pages of this layout; the layout itself is told in `page.ts`. */
export const dreamwidthImporter: Importer = {
  name,
  version,
  about:
    'Pages of Dreamwidth: entries with their comments, days and recent entries, in every style of the site.',
  recognises: (file: OpenFile) => isPageOfDreamwidth(file.text),
  read: (file: OpenFile, decisions: readonly Decision[]): Reading =>
    adaptJournal(parseDreamwidth(file), file, { name, version }, decisions),
};
