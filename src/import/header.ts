import type { Block, CleanHtml, Line } from '../html.ts';
import { type Remark, remark } from '../model/remark.ts';
import { emptyHeader, type Header } from '../model/work.ts';
import { findEntries } from './header/entries.ts';
import type { Draft } from './header/entry.ts';
import { readSubject } from './header/subject.ts';
import { restOf, unitsOf } from './header/units.ts';
import { fill, setPart } from './header/values.ts';

/** The words of an entry or file from its head on, and its subject line. */
interface HeaderText {
  readonly file: string;
  readonly subject: string | null;
  readonly blocks: readonly Block[];
  /** The number of a line in the file, where the caller knows it better than by the block it stands in. */
  readonly lineOf?: ((line: Line) => number | null) | undefined;
}

/** What the head of a text says. `rest` is the text without it, `lines` how many lines were taken. */
export interface HeaderReading {
  readonly header: Header<CleanHtml>;
  readonly rest: readonly Block[];
  readonly lines: number;
  readonly remarks: readonly Remark[];
}

/**
 * Reads the header block at the head of a text in any spelling and shape that otwarchive's story_parser.rb,
 * WWW-FetchStory and the rules of communities know. Labels further down are prose and stay in the text.
 */
export function readHeader(text: HeaderText): HeaderReading {
  const units = unitsOf(text.blocks, text.lineOf);
  const { entries, used } = findEntries(units);
  const draft: Draft = { ...emptyHeader };
  const remarks: Remark[] = [];
  if (text.subject !== null) draft.asWritten = [{ label: 'Subject', value: text.subject }];
  for (const entry of entries) remarks.push(...fill(draft, entry, text.file));
  const subject =
    text.subject ??
    draft.asWritten.find((l) => /^(?:subj(?:ect)?|(?:fan)?fic|drabble)$/i.test(l.label))?.value ??
    null;
  if (subject !== null) remarks.push(...fromSubject(draft, subject, text.file));
  return { header: draft, rest: restOf(text.blocks, units, used), lines: used, remarks };
}

/** The subject gives title and part only where the header has none. */
function fromSubject(draft: Draft, subject: string, file: string): Remark[] {
  const read = readSubject(subject);
  const where = { file, line: null, element: null };
  const remarks: Remark[] = [];
  if (read === undefined) return remarks;
  if (draft.title === null) {
    draft.title = read.title;
    const message = `The title “${read.title}” is taken from the subject line.`;
    const alternatives = read.title === subject ? [] : [{ value: subject, label: 'the whole subject line' }];
    remarks.push(remark('inferred', 'work.title', message, { where, quote: subject, alternatives }));
  }
  if (draft.series?.part == null && read.part !== undefined) {
    const { message } = setPart(draft, read.part, 'inferred');
    remarks.push(
      remark('inferred', 'work.series', `${message.slice(0, -1)}, by the subject line.`, { where }),
    );
  }
  return remarks;
}
