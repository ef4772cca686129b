import type { Decision } from '../../model/remark.ts';
import type { Importer, OpenFile, Reading } from '../importer.ts';
import { adaptJournal } from '../journal/adapt.ts';
import { isPageOf2013, parse2013 } from './page.ts';

const name = 'livejournal-2013';
const version = 1;

/** Reads saved pages of this layout; the layout itself is told in `page.ts`. */
export const livejournal2013Importer: Importer = {
  name,
  version,
  about:
    'Pages of LiveJournal in its design of 2013 and later, with the comments that were in the page when it was saved.',
  recognises: (file: OpenFile) => isPageOf2013(file.text),
  read: (file: OpenFile, decisions: readonly Decision[]): Reading =>
    adaptJournal(parse2013(file), file, { name, version }, decisions),
};
