import {
  attribute,
  byClass,
  byTag,
  closest,
  type Element,
  find,
  findAll,
  hasClass,
  isElement,
  isText,
  type Node,
  type Parent,
  textOf,
} from '../../dom.ts';
import type { Taken } from '../journal/chrome.ts';
import { claim } from '../journal/claim.ts';
import { isComment } from '../journal/s2-comment.ts';
import { childElements, type EntryParts, lastBefore, nameIn, siblingsAfter } from '../journal/s2-page.ts';
import { entryLinks, isLabel, labelMarks, partTail } from '../journal/tail.ts';
import { subjectOf, wordsOf } from '../journal/words.ts';

/*
 * Where the layouts put an entry (livejournal bin/upgrading/s2layers/<name>/layout.s2, `print_entry`):
 *   generator      table.entrybox: td.caption subject; td.index "[date|time]"; next row td: poster? td.meta rows? text
 *   punquin        p.date; table.entry: td.poster? td: strong (time " - " span subject) br text
 *   classic        th.headerbar date; tr: td.metabar (em time, [poster]); td.entry: span.subject br text
 *   cleansimple    div.day h3 date; div.entry div.entrytext: span.entryheading (span.timestamp, span.subject) br text
 *   notepad        table.entry: td poster?; td: font[size=+1] (date time, span subject) text
 *   magazine       h2 date; div.H3Holder: div.Picture poster?; h3 span (time " - " em subject); text
 *   tabularindent  h3.page-header date; div.entry table: rows of td label, td value; row with text; row of links
 *   labelled       .entry: .subject (with "@ time"), .text or the like (styles of users and older pages)
 */

type Shape = (root: Parent, taken: Taken) => readonly EntryParts[];

/** The entries of a page, by the first layout whose marks it bears. */
export function findEntries(root: Parent, taken: Taken): readonly EntryParts[] {
  for (const shape of shapes) {
    const found = shape(root, taken);
    if (found.length > 0) return found;
  }
  return [];
}

const heading = 'livejournal: heading of an entry';

function finish(
  parts: Omit<EntryParts, 'body' | 'about'>,
  heads: readonly (Element | undefined)[],
  text: readonly Node[],
  taken: Taken,
  about: EntryParts['about'] = [],
): EntryParts {
  claim(taken, heading, heads, subjectOf(parts.subject), parts.posted, parts.poster);
  const parted = partTail(text, taken);
  return { ...parts, body: parted.body, about: [...about, ...parted.about] };
}

function outsideComments(root: Parent, matches: (element: Element) => boolean): readonly Element[] {
  return findAll(root, matches).filter((e) => closest(e, isComment) === undefined);
}

const generator: Shape = (root, taken) =>
  outsideComments(root, byClass('index'))
    .filter((e) => e.tagName === 'td' && /^\[.*\d.*\]/.test(textOf(e)) && rowOf(e) !== undefined)
    .flatMap((index) => {
      const row = rowOf(index);
      const caption = row && childElements(row, 'td').find((td) => hasClass(td, 'caption'));
      const cell =
        row &&
        siblingsAfter(row)
          .filter(isElement)
          .flatMap((r) => childElements(r, 'td'))[0];
      if (caption === undefined || cell === undefined) return [];
      const posted =
        /\[([^\]]*)\]/.exec(textOf(index))?.[1]?.replaceAll('|', ' ').replace(/\s+/g, ' ').trim() ?? null;
      const box = childElements(cell, 'table').find((t) => attribute(t, 'align') === 'right');
      const parts = {
        element: closest(index, byClass('entrybox')) ?? caption,
        subject: wordsOf(caption),
        posted,
        poster: nameIn(box),
      };
      return [
        finish(
          parts,
          [caption, index, box],
          cell.childNodes.filter((node) => node !== box),
          taken,
        ),
      ];
    });

function rowOf(cell: Element): Element | undefined {
  return closest(cell, byTag('tr'));
}

/** Words of a heading other than its subject, such as "12:47 pm -". */
function timeIn(element: Element | undefined, subject: Element | undefined): string | null {
  const words = wordsOf(element) ?? '';
  const rest = subject === undefined ? words : words.replace(textOf(subject), ' ');
  return /\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?/i.exec(rest)?.[0] ?? null;
}

function joined(day: Element | undefined, time: string | null): string | null {
  const words = [wordsOf(day), time].filter((part) => part !== null);
  return words.length === 0 ? null : words.join(' ');
}

const punquin: Shape = (root, taken) =>
  outsideComments(root, (e) => e.tagName === 'table' && hasClass(e, 'entry')).flatMap((table) => {
    const cells = findAll(table, byTag('td')).filter((td) => closest(td, byTag('table')) === table);
    const cell = cells.find((td) => !hasClass(td, 'poster') && firstElement(td)?.tagName === 'strong');
    const head = cell && firstElement(cell);
    if (cell === undefined || head === undefined) return [];
    const subject = find(
      head,
      (e) => e.tagName === 'span' || (e.tagName === 'a' && hasClass(e, 'subj-link')),
    );
    const day = lastBefore(root, table, (e) => e.tagName === 'p' && hasClass(e, 'date'));
    const box = cells.find((td) => hasClass(td, 'poster'));
    const parts = {
      element: table,
      begins: day,
      subject: wordsOf(subject),
      posted: joined(day, timeIn(head, subject)),
      poster: nameIn(box),
    };
    return [finish(parts, [day, head, box], siblingsAfter(head), taken)];
  });

function firstElement(parent: Element): Element | undefined {
  return parent.childNodes.find(
    (node): node is Element => isElement(node) && node.tagName !== 'br' && textOf(node) !== '',
  );
}

const notepad: Shape = (root, taken) =>
  outsideComments(root, (e) => e.tagName === 'table' && hasClass(e, 'entry')).flatMap((table) => {
    const head = find(table, (e) => e.tagName === 'font' && attribute(e, 'size') === '+1');
    const cell = head && closest(head, byTag('td'));
    if (head === undefined || cell === undefined || firstElement(cell) !== head) return [];
    const subject = find(
      head,
      (e) => e.tagName === 'span' || (e.tagName === 'a' && hasClass(e, 'subj-link')),
    );
    const words = textOf(head);
    const posted = subject === undefined ? words : words.slice(0, words.lastIndexOf(textOf(subject))).trim();
    const row = rowOf(cell);
    const box = row && childElements(row, 'td').find((td) => td !== cell);
    const parts = { element: table, subject: wordsOf(subject), posted: posted || null, poster: nameIn(box) };
    return [finish(parts, [head, box], siblingsAfter(head), taken)];
  });

const classic: Shape = (root, taken) =>
  outsideComments(root, (e) => e.tagName === 'td' && hasClass(e, 'metabar')).flatMap((bar) => {
    const row = rowOf(bar);
    const cell = row && childElements(row, 'td').find((td) => hasClass(td, 'entry'));
    if (cell === undefined || row === undefined) return [];
    const subject = find(cell, (e) => e.tagName === 'span' && hasClass(e, 'subject'));
    const day = lastBefore(root, bar, (e) => hasClass(e, 'headerbar') && /\d/.test(textOf(e)));
    const poster = findAll(bar, byTag('a')).findLast(
      (a) => /\[\s*$/.test(textBefore(a)) && closest(a, byTag('p')) === undefined,
    );
    const parts = {
      element: row,
      begins: day,
      subject: wordsOf(subject),
      posted: joined(day, timeIn(find(bar, byTag('em')), undefined)),
      poster: wordsOf(poster),
    };
    taken.rule(entryLinks, bar);
    return [
      finish(
        parts,
        [day, bar, subject],
        cell.childNodes.filter((node) => node !== subject),
        taken,
      ),
    ];
  });

function textBefore(element: Element): string {
  const siblings = element.parentNode?.childNodes ?? [];
  const before = siblings[siblings.indexOf(element) - 1];
  return before !== undefined && isText(before) ? before.value : '';
}

const cleansimple: Shape = (root, taken) =>
  outsideComments(root, (e) => e.tagName === 'span' && hasClass(e, 'entryheading')).map((head) => {
    const subject = find(head, byClass('subject'));
    const stamp = find(head, byClass('timestamp'));
    const box = find(head, byClass('altposter'));
    const element = closest(head, byClass('entry')) ?? head;
    const day = lastBefore(root, head, (e) => e.tagName === 'h3' && closest(e, byClass('day')) !== undefined);
    const parts = {
      element: element,
      begins: day,
      subject: wordsOf(subject),
      posted: joined(day, wordsOf(stamp)),
      poster: wordsOf(box && find(box, byTag('a'))),
    };
    return finish(parts, [day, head], siblingsAfter(head), taken);
  });

const magazine: Shape = (root, taken) =>
  outsideComments(root, byClass('H3Holder')).flatMap((holder) => {
    const head = childElements(holder, 'h3')[0];
    if (head === undefined) return [];
    const subject = find(head, byTag('em'));
    const day = lastBefore(root, holder, (e) => e.tagName === 'h2' && /\d/.test(textOf(e)));
    const box = childElements(holder).find((e) => hasClass(e, 'Picture'));
    const parts = {
      element: holder,
      begins: day,
      subject: wordsOf(subject),
      posted: joined(day, timeIn(head, subject)),
      poster: nameIn(box),
    };
    return [finish(parts, [day, head, box], siblingsAfter(head), taken)];
  });

const tabularindent: Shape = (root, taken) =>
  outsideComments(root, (e) => e.tagName === 'div' && hasClass(e, 'entry')).flatMap((division) => {
    const table = childElements(division, 'table')[0];
    const body = table && (childElements(table, 'tbody')[0] ?? table);
    const [head, text, links] = body === undefined ? [] : childElements(body, 'tr');
    const cell = text && childElements(text, 'td')[0];
    if (head === undefined || cell === undefined) return [];
    const lines = findAll(head, byTag('tr'))
      .map((row) => childElements(row, 'td'))
      .filter((cells) => cells.length === 2 && /:$/.test(textOf(cells[0] ?? head)));
    const cellOf = (label: RegExp): Element | undefined =>
      lines.find(([key]) => key !== undefined && label.test(textOf(key)))?.[1];
    const day = lastBefore(
      root,
      division,
      (e) => e.tagName === 'h3' && hasClass(e, 'page-header') && /\d/.test(textOf(e)),
    );
    const about = lines.flatMap(([key, value]) =>
      key !== undefined && value !== undefined && isLabel(textOf(key)) && textOf(value) !== ''
        ? [{ label: textOf(key).replace(/\s*:$/, ''), value: textOf(value) }]
        : [],
    );
    claim(
      taken,
      labelMarks,
      lines.filter(([key]) => key !== undefined && isLabel(textOf(key))).flat(),
      ...about.flatMap((line) => [line.label, line.value]),
    );
    const box = find(head, byClass('poster'));
    const bracketed = box && findAll(box, byTag('a')).find((a) => /\[\s*$/.test(textBefore(a)));
    const parts = {
      element: division,
      begins: day,
      subject: wordsOf(cellOf(/^subject:$/i)),
      posted: joined(day, wordsOf(cellOf(/^time:$/i))),
      poster: wordsOf(bracketed),
    };
    taken.rule(entryLinks, links);
    const heads = lines.filter(([key]) => key !== undefined && !isLabel(textOf(key))).flat();
    return [finish(parts, [day, box, ...heads], cell.childNodes, taken, about)];
  });

const textClasses = [
  'text',
  'entrytext',
  'entry_text',
  'entry-text',
  'entrycontent',
  'entry-content',
  'entry-body',
  'entry_body',
  'asset-body',
];
const subjectClasses = [
  'subject',
  'entry-title',
  'entry_title',
  'entrysubject',
  'entry-header',
  'entryheader',
  'title',
];
const dateClasses = ['date', 'datetime', 'entry-date', 'entry_date', 'timestamp', 'time'];

const labelled: Shape = (root, taken) =>
  outsideComments(root, (e) =>
    ['entry', 'entry-wrapper', 'asset', 'post', 'entrybody'].some((name) => hasClass(e, name)),
  ).flatMap((element) => {
    const within = (names: readonly string[]): Element | undefined =>
      find(element, (e) => names.some((name) => hasClass(e, name)));
    const text = within(textClasses);
    const head = within(subjectClasses) ?? find(element, byTag('h1', 'h2', 'h3', 'h4'));
    if (text === undefined || closest(element, (e) => e !== element && hasClass(e, 'entry')) !== undefined)
      return [];
    const named =
      head && find(head, (e) => hasClass(e, 'subj-link') || hasClass(e, 'subject') || e.tagName === 'a');
    const stamp = within(dateClasses);
    const posted = wordsOf(stamp) ?? (named === undefined ? null : timeIn(head, named));
    const parts = { element, subject: wordsOf(named ?? head), posted, poster: null };
    return [finish(parts, [head, stamp], text.childNodes, taken)];
  });

const shapes: readonly Shape[] = [
  generator,
  notepad,
  punquin,
  classic,
  cleansimple,
  magazine,
  tabularindent,
  labelled,
];
