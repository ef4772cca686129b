import type { Element } from '../../dom.ts';
import { type Remark, remark } from '../../model/remark.ts';
import type { JournalAddress } from './address.ts';
import type { JournalComment, JournalEntry } from './page.ts';

/** What a journal page says of itself that is not in the file: every layout says it in the same words. */

/** The page shows comments only. */
export const entryMissing: Remark = remark(
  'lost',
  'passages',
  'The entry is not in this file: only its comments are.',
);

/** The comments of an entry that is not on the page; `element` is where they begin. */
export function threadAlone(
  element: Element,
  at: JournalAddress | undefined,
  comments: readonly JournalComment[],
  remarks: readonly Remark[],
): JournalEntry {
  return {
    address: at?.address ?? null,
    ditemid: at?.ditemid ?? null,
    journal: at?.journal ?? null,
    poster: null,
    subject: null,
    posted: null,
    body: [],
    about: [],
    comments,
    remarks: [entryMissing, ...remarks],
    element,
  };
}

/** Long threads fill several pages, of which this is one. */
export function otherPagesMissing(page: number | string, of: number, where: Remark['where'] = null): Remark {
  const message = `This is page ${page} of ${of} of the comments; the other pages are not in this file.`;
  return remark('lost', 'comments', message, { where });
}

/** The page counts comments it does not have. */
export function commentsMissing(count: number, where: Remark['where'] = null): Remark {
  const message = `The page speaks of ${count === 1 ? 'one comment' : `${count} comments`}, but none was saved with it.`;
  return remark('lost', 'comments', message, { where });
}
