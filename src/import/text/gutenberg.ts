import { labelOf } from '../header/labels.ts';
import type { Chrome } from '../importer.ts';
import type { TextLine } from './lines.ts';

/** A Project Gutenberg text: what it says of itself, the book, and the licence around it. */
interface GutenbergText {
  readonly header: readonly TextLine[];
  readonly body: readonly TextLine[];
  readonly chrome: readonly Chrome[];
}

const opening =
  /^(?:\*\*)?(?:the )?project gutenberg(?:['’]s)? (?:e-?(?:book|text) )?(?:of |etext of )?|^this e-?book is for the use of anyone/i;
const start = /^\*{2,3} ?START OF (?:TH(?:E|IS) )?PROJECT GUTENBERG/i;
const end = /^\*{2,3} ?END OF (?:TH(?:E|IS) )?PROJECT GUTENBERG|^End of (?:the |this )?Project Gutenberg/i;
const producers =
  /^(?:produced by|e-?text prepared by|this e-?text was (?:produced|prepared)|transcribed (?:from|by)|\[?(?:transcriber|illustrat))/i;

/**
 * Parts the boilerplate from the book, undefined for other texts. Some copies have no START line: there the licence
 * ends with the last line of the form `Label: value` among the first hundred, and the line about who produced it.
 */
export function readGutenberg(lines: readonly TextLine[]): GutenbergText | undefined {
  const head = lines.slice(0, 10);
  if (!head.some((l) => opening.test(l.text.replace(/^\W+/, '')) || opening.test(l.text))) return undefined;
  const startAt = lines.findIndex((l) => start.test(l.text));
  const begin = startAt < 0 ? lastLabel(lines) + 1 : startAt + 1;
  const bodyFrom = skipProducers(lines, begin);
  const endAt = lines.findIndex((l, i) => i >= bodyFrom && end.test(l.text));
  const { fields, rest } = fieldLines(lines.slice(0, bodyFrom));
  const after = endAt < 0 ? [] : lines.slice(endAt);
  const chrome = [
    { rule: 'project gutenberg: before the book', text: textOf(rest) },
    { rule: 'project gutenberg: licence', text: textOf(after) },
  ];
  return {
    header: fields,
    body: lines.slice(bodyFrom, endAt < 0 ? undefined : endAt),
    chrome: chrome.filter((c) => c.text !== ''),
  };
}

function lastLabel(lines: readonly TextLine[]): number {
  return lines
    .slice(0, 100)
    .findLastIndex((l) => /^(?:character set encoding|language|release date|title|author)\s*:/i.test(l.text));
}

/** The note on who made the text stands right after the START line, or a line or two below. */
function skipProducers(lines: readonly TextLine[], from: number): number {
  const at = lines.findIndex((l, i) => i >= from && l.text !== '');
  if (at < 0 || !producers.test(lines[at]?.text ?? '')) return from;
  const blank = lines.findIndex((l, i) => i >= at && l.text === '');
  return blank < 0 ? from : blank;
}

/** The lines `Title:`, `Author:` … of the boilerplate, each joined with those that go on under it, indented. */
function fieldLines(lines: readonly TextLine[]): {
  readonly fields: readonly TextLine[];
  readonly rest: readonly TextLine[];
} {
  const fields: TextLine[] = [];
  const rest: TextLine[] = [];
  let open = false;
  for (const line of lines) {
    const label = labelOf(line.text);
    const begins =
      label !== undefined && label.fields.length > 0 && line.indent === 0 && /^[A-Z]/.test(line.text);
    open = begins || (open && line.text !== '' && line.indent > 0);
    const last = fields.at(-1);
    if (begins) fields.push(line);
    else if (open && last !== undefined) fields.splice(-1, 1, { ...last, text: `${last.text} ${line.text}` });
    else rest.push(line);
  }
  return { fields, rest };
}

function textOf(lines: readonly TextLine[]): string {
  return lines
    .map((l) => l.text)
    .filter((t) => t !== '')
    .join('\n');
}
