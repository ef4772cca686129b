import { isDateLine, isStamp, readDate } from '../dates.ts';
import type { Chrome } from '../importer.ts';
import { readGutenberg } from './gutenberg.ts';
import { linesOf, type TextLine } from './lines.ts';

/*
 * page    = [subject] [date] story {comment}             a journal page, copied or saved as text
 * comment = stamp {line}                                 stamp: date, time and (UTC), alone on a line
 */

/** A text file as it stands there: nothing is guessed here. */
export interface TextPage {
  readonly subject: TextLine | null;
  /** The entry's own date: the poster's clock, no zone. */
  readonly date: TextLine | null;
  readonly body: readonly TextLine[];
  readonly comments: readonly TextComment[];
  readonly chrome: readonly Chrome[];
}

/** A comment of such a copy: the line with its time, and the lines below up to the next. */
export interface TextComment {
  readonly stamp: TextLine;
  readonly body: readonly TextLine[];
}

/** Links that sites print under comments, saved along with the words. */
const commentLinks =
  /^(?:\(?(?:reply(?: to this)?|parent|thread|link|expand|collapse|hide|flat|track|top-level comments only|post a new comment|leave a comment)\)?[\s|·\u00a0]*)+$/i;

/** Parts a text file into head, story and comments. */
export function readPage(text: string): TextPage {
  const lines = linesOf(text);
  const book = readGutenberg(lines);
  if (book !== undefined)
    return {
      subject: null,
      date: null,
      body: [...book.header.flatMap((line) => [line, blank]), ...book.body],
      comments: [],
      chrome: book.chrome,
    };
  const { subject, date, from } = headOf(lines);
  const stamps = lines.flatMap((line, i) => (i >= from && isStamp(unlinked(line.text)) ? [i] : []));
  const firstStamp = stamps[0];
  const isLink = (line: TextLine): boolean => firstStamp !== undefined && commentLinks.test(line.text);
  const links = lines.filter((line, i) => i >= from && isLink(line));
  const comments = stamps.map((at, i) => ({
    stamp: stampOf(lines[at] as TextLine),
    body: lines.slice(at + 1, stamps[i + 1]).filter((line) => !isLink(line)),
  }));
  return {
    subject,
    date,
    body: lines.slice(from, firstStamp).filter((line) => !isLink(line)),
    comments,
    chrome: [...links.map((l) => l.text), ...stamps.flatMap((at) => linkIn(lines[at]?.text ?? ''))].map(
      (words) => ({ rule: 'journal: links under comments', text: words }),
    ),
  };
}

/** The site scheme prints a link behind the time. */
function unlinked(text: string): string {
  return text.length > 100 ? text : text.replace(/\s*\(link\)$/i, '');
}

function linkIn(text: string): readonly string[] {
  return unlinked(text) === text ? [] : [text.slice(unlinked(text).length)];
}

function stampOf(line: TextLine): TextLine {
  return { ...line, text: unlinked(line.text) };
}

const blank: TextLine = { text: '', indent: 0, number: 0 };

/** A subject tag that is sure without a date below it. */
const tagged =
  /^\s*(?:[[(]\s*(?:fan)?fic(?:tion)?\b[^\])]*[\])]|(?:new |my )?(?:fan)?fic(?:tion)?\s*[:–—-])/i;

/** The subject and the date with a time and no zone that stand first in a file; a date without a time may be a diary's. */
function headOf(lines: readonly TextLine[]): Pick<TextPage, 'subject' | 'date'> & { readonly from: number } {
  const filled = lines.flatMap((line, i) => (line.text === '' ? [] : [i])).slice(0, 3);
  const [first] = filled;
  const head = first === undefined ? undefined : lines[first];
  if (first === undefined || head === undefined) return { subject: null, date: null, from: 0 };
  const dateAt = filled.slice(0, 2).find((i) => isEntryDate(lines[i]?.text ?? ''));
  const date = dateAt === undefined ? null : (lines[dateAt] ?? null);
  if (dateAt === undefined) {
    const subject = tagged.test(head.text) ? head : null;
    return { subject, date: null, from: subject === null ? first : first + 1 };
  }
  if (dateAt !== first) return { subject: head, date, from: dateAt + 1 };
  const below = filled.find((i) => i > dateAt);
  const subject =
    below !== undefined && tagged.test(lines[below]?.text ?? '') ? (lines[below] ?? null) : null;
  return { subject, date, from: (subject === null || below === undefined ? dateAt : below) + 1 };
}

function isEntryDate(text: string): boolean {
  const precision = isDateLine(text) ? readDate(text)?.date.precision : undefined;
  return (precision === 'minute' || precision === 'second') && !isStamp(text);
}
