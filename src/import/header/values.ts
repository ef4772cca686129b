import { cleanHtml, joinBlocks } from '../../html.ts';
import { type Certainty, type Remark, remark } from '../../model/remark.ts';
import { archiveWarnings, ratings, type SeriesPart } from '../../model/work.ts';
import { readDate } from '../dates.ts';
import { type Draft, type Entry, type Finding, oneLine, textOf, written } from './entry.ts';
import type { Field } from './labels.ts';
import { paragraphOf } from './markup.ts';
import { readPeople } from './people.ts';
import { readLanguage, readRating, readWarnings } from './scales.ts';
import { takePart } from './subject.ts';
import { readCharacters, readFandoms, readPairings, readTags } from './tags.ts';

/** Puts an entry into the header and says what was made of it. */
export function fill(draft: Draft, entry: Entry, file: string): Remark[] {
  const words = textOf(entry);
  draft.asWritten = [...draft.asWritten, { label: entry.label, value: words }];
  const findings = words === '' ? [] : entry.fields.flatMap((field) => readers[field]?.(draft, entry) ?? []);
  const where = { file, line: entry.source, element: null };
  if (findings.length === 0) {
    const what = entry.label === '' ? 'A line without a label' : `“${entry.label}”`;
    return [
      remark('read', 'work.asWritten', `${what} is kept in the header as it was written.`, {
        where,
        quote: entry.raw,
      }),
    ];
  }
  return findings.map(({ certainty, about, message, alternatives = [] }, i) =>
    remark(certainty, `work.${about}`, message, { where, quote: i === 0 ? entry.raw : null, alternatives }),
  );
}

type Reader = (draft: Draft, entry: Entry) => readonly Finding[];

const readers: Readonly<Partial<Record<Field, Reader>>> = {
  title: readTitle,
  author: (draft, entry) => readPeople(draft, entry, 'author'),
  beta: (draft, entry) => readPeople(draft, entry, 'beta'),
  translator: (draft, entry) => readPeople(draft, entry, 'translator'),
  artist: (draft, entry) => readPeople(draft, entry, 'artist'),
  podficcer: (draft, entry) => readPeople(draft, entry, 'podficcer'),
  recipient: (draft, entry) => readPeople(draft, entry, 'recipient'),
  fandom: readFandoms,
  pairing: readPairings,
  characters: readCharacters,
  rating: readRatingLine,
  warnings: readWarningLine,
  category: readTags,
  tags: readTags,
  summary: (draft, entry) => readProse(draft, entry, 'summary'),
  notes: (draft, entry) => readProse(draft, entry, 'notes'),
  endnotes: (draft, entry) => readProse(draft, entry, 'endnotes'),
  disclaimer: (draft, entry) => readProse(draft, entry, 'disclaimer'),
  series: readSeries,
  part: readPart,
  date: (draft, entry) => readDay(draft, entry, 'posted'),
  revised: (draft, entry) => readDay(draft, entry, 'revised'),
  status: readStatus,
  language: readLanguageLine,
};

function readTitle(draft: Draft, entry: Entry): Finding[] {
  if (draft.title !== null) return [];
  const written = oneLine(entry);
  const { rest, part } = takePart(written);
  const title = rest.replace(/^["“](.+)["”]$/, '$1');
  draft.title = title;
  const findings: Finding[] = [{ certainty: 'read', about: 'title', message: `The title is “${title}”.` }];
  if (part !== undefined && draft.series === null) findings.push(setPart(draft, part, 'read'));
  return findings;
}

function readRatingLine(draft: Draft, entry: Entry): Finding[] {
  if (draft.rating !== null) return [];
  const value = oneLine(entry);
  const { rating, exact, named } = readRating(value);
  draft.rating = rating;
  if (rating !== null)
    return [
      {
        certainty: exact ? 'read' : 'inferred',
        about: 'rating',
        message: exact ? `The rating is ${rating}.` : `“${value}” is the rating ${rating}.`,
      },
    ];
  const order = [...named, ...ratings.filter((r) => !named.includes(r))];
  const message = `“${value}” is no rating this archive knows: which one is it?`;
  return [
    {
      certainty: 'undecided',
      about: 'rating',
      message,
      alternatives: order.map((value) => ({ value, label: value })),
    },
  ];
}

function readWarningLine(draft: Draft, entry: Entry): Finding[] {
  const value = written(entry).replace(/\s+/g, ' ').trim();
  const { warnings, exact, unknown } = readWarnings(value);
  draft.warnings = [...new Set([...draft.warnings, ...warnings])];
  const findings: Finding[] = [];
  if (warnings.length > 0) {
    const named = warnings.join(', ');
    const message = exact
      ? `The archive warning is ${named}.`
      : `“${value}” is the archive warning ${named}.`;
    findings.push({ certainty: exact ? 'read' : 'inferred', about: 'warnings', message });
  }
  if (unknown.length === 0 || entry.fields.length > 1) return findings;
  const message = `“${unknown.join(', ')}” is none of the archive warnings: which of them, if any, does it mean?`;
  const alternatives = archiveWarnings.map((value) => ({ value, label: value }));
  return [...findings, { certainty: 'undecided', about: 'warnings', message, alternatives }];
}

function readProse(
  draft: Draft,
  entry: Entry,
  field: 'summary' | 'notes' | 'endnotes' | 'disclaimer',
): Finding[] {
  const paragraphs = entry.paragraphs.filter((lines) => lines.some((l) => l.text.trim() !== ''));
  const html = joinBlocks(paragraphs.map((lines) => paragraphOf(lines)));
  const before = draft[field];
  draft[field] = cleanHtml(before === null ? html : `${before}\n${html}`);
  const what = field === 'notes' || field === 'endnotes' ? 'An author’s note' : `The ${field}`;
  return [{ certainty: 'read', about: field, message: `${what} stands in the header.` }];
}

function readSeries(draft: Draft, entry: Entry): Finding[] {
  const value = oneLine(entry);
  if (draft.series?.name || /^(?:none|no|n\/a|нет)\.?$/i.test(value)) return [];
  const { rest, part } = takePart(value);
  const number = /^(.*?)[\s,(]*(?:#|no\.? ?|number )(\d{1,4})\)?$/i.exec(rest);
  const name = (number?.[1] ?? rest).replace(/^["“](.+)["”]$/, '$1').replace(/[\s,:;.–—-]+$/, '');
  const place = part ?? (number === null ? { part: null, of: null } : { part: Number(number[2]), of: null });
  draft.series = {
    name: name === '' ? null : name,
    part: place.part ?? draft.series?.part ?? null,
    of: place.of ?? draft.series?.of ?? null,
  };
  return [{ certainty: 'read', about: 'series', message: `The series is “${name}”.` }];
}

function readPart(draft: Draft, entry: Entry): Finding[] {
  const value = oneLine(entry).replace(/^new\s+/i, '');
  const { rest, part } = takePart(`part ${value.replace(/^(?:part|chapter)\s+/i, '')}`);
  return part === undefined || rest !== '' ? [] : [setPart(draft, part, 'read')];
}

/** Notes that a text is one part of several. */
export function setPart(draft: Draft, part: Pick<SeriesPart, 'part' | 'of'>, certainty: Certainty): Finding {
  draft.series = { name: draft.series?.name ?? null, ...part };
  return {
    certainty,
    about: 'series',
    message: `This is part ${part.part}${part.of === null ? '' : ` of ${part.of}`}.`,
  };
}

function readDay(draft: Draft, entry: Entry, field: 'posted' | 'revised'): Finding[] {
  // Project Gutenberg puts the number of the book after the date.
  const reading = readDate(oneLine(entry).replace(/\s*\[[^\]]*\]$/, ''));
  if (reading === undefined || draft[field] !== null) return [];
  draft[field] = reading.date;
  const message = `The date is “${reading.date.written}”${reading.date.local === null ? ', which can be read in two ways' : ''}.`;
  const certainty = reading.ambiguous.length > 0 ? 'undecided' : 'read';
  return [{ certainty, about: field, message, alternatives: reading.ambiguous }];
}

function readStatus(draft: Draft, entry: Entry): Finding[] {
  const value = oneLine(entry);
  const done =
    /^(?:complete[d]?|finished|yes|done|завершен[оа]?|закончен[оа]?|окончен[оа]?)\b|^(?:заверш|законч)/iu.test(
      value,
    );
  const open =
    /^(?:wip|in[- ]progress|work in progress|incomplete|unfinished|ongoing|no|hiatus|on hiatus|tbc|в процессе|не завершен[оа]?|не закончен[оа]?)/iu.test(
      value,
    );
  if (!done && !open) return [];
  draft.complete = done;
  return [
    {
      certainty: 'inferred',
      about: 'complete',
      message: `“${value}”: the story is ${done ? '' : 'not '}complete.`,
    },
  ];
}

function readLanguageLine(draft: Draft, entry: Entry): Finding[] {
  const language = readLanguage(oneLine(entry));
  if (language === undefined) return [];
  draft.language = language;
  return [
    { certainty: 'read', about: 'language', message: `The language is ${oneLine(entry)} (${language}).` },
  ];
}
