import { type CleanHtml, htmlOfText } from '../html.ts';
import type { Comment } from '../model/comment.ts';
import { dateOfInstant } from '../model/date.ts';

/** A comment by an imported name, a minute after another for each two digits of its id: `comment('c01', null, 'ann', 'Oh!')`. */
export function comment(
  id: string,
  parent: string | null,
  name: string | null,
  text: string,
  more: Partial<Comment<CleanHtml>> = {},
): Comment<CleanHtml> {
  const minute = id.replace(/\D/g, '').padStart(2, '0').slice(-2);
  return {
    id,
    parent,
    author: name === null ? null : { kind: 'imported', name, site: 'livejournal.com' },
    posted: dateOfInstant(`2006-05-29T10:${Number(minute) < 60 ? minute : '59'}:00Z`),
    edited: null,
    subject: null,
    html: htmlOfText(text),
    state: 'shown',
    about: { kind: 'work' },
    icon: null,
    importedFrom: null,
    source: null,
    ...more,
  };
}
