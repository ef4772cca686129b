import { findDrafts } from '../store/writing.ts';
import { type DataPart, dataFile } from './part.ts';

/** What she typed and has not made a version of; what she would have a passage be that she reads as its beta. */
export const draftsPart: DataPart = {
  path: 'drafts.json',
  about:
    'What you typed and have not saved as a version, or as a beta have not sent: for each the work, the passage, the words and when.',
  tables: ['drafts'],
  async *files(store, { account }) {
    yield dataFile('drafts.json', await findDrafts(store, account.id));
  },
};
