import { type CleanHtml, cleanHtml, joinBlocks, type Line } from '../../html.ts';
import { type Alternative, type Certainty, type Remark, remark } from '../../model/remark.ts';
import {
  archiveWarnings,
  type Creator,
  type Header,
  type Role,
  ratings,
  type SeriesPart,
} from '../../model/work.ts';
import { readDate } from '../dates.ts';
import type { Field } from './labels.ts';
import { linksOf, paragraphOf } from './markup.ts';
import { readCategory, readLanguage, readRating, readWarnings } from './scales.ts';
import { takePart } from './subject.ts';

/** A header line with all that belongs to it: its label (`''` for none), and its value in paragraphs of lines. */
export interface Entry {
  readonly label: string;
  readonly fields: readonly Field[];
  readonly paragraphs: readonly (readonly Line[])[];
  /** The line of the source, from 1. */
  readonly source: number | null;
  /** The words as they stood, label and signs included. */
  readonly raw: string;
}

/** A header being put together. */
export type Draft = { -readonly [K in keyof Header<CleanHtml>]: Header<CleanHtml>[K] };

/** What one entry gave: parts of the header and a remark for each. */
interface Finding {
  readonly certainty: Certainty;
  readonly about: keyof Header;
  readonly message: string;
  readonly alternatives?: readonly Alternative[];
}

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

/** The words of an entry's value, line by line. */
export function textOf(entry: Entry): string {
  return entry.paragraphs
    .map((lines) => lines.map((l) => l.text.trim()).join('\n'))
    .join('\n\n')
    .trim();
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

const roleWords: Readonly<Partial<Record<Role, string>>> = { author: 'An author', recipient: 'A recipient' };

function readPeople(draft: Draft, entry: Entry, role: Role): Finding[] {
  const { people, split } = peopleIn(entry, role);
  const added = people.filter((p) => !draft.creators.some((c) => c.name === p.name && c.role === role));
  if (added.length === 0) return [];
  draft.creators = [...draft.creators, ...added];
  const names = added.map((p) => p.name).join(' and ');
  const who = added.length > 1 ? `${added.length} people` : (roleWords[role] ?? `The ${role}`);
  const certainty = split ? 'inferred' : 'read';
  return [
    { certainty, about: 'creators', message: `${who}${added.length > 1 ? ` (${role})` : ''}: ${names}.` },
  ];
}

/** Names of people: linked names where the words around them are talk, else the parts of the value that can be names. */
function peopleIn(
  entry: Entry,
  role: Role,
): { readonly people: readonly Creator[]; readonly split: boolean } {
  const links = entry.paragraphs
    .flat()
    .flatMap((l) => linksOf(l.html))
    .map((l) => ({ name: nameIn(l.text), site: siteOf(l.href) }))
    .filter((l) => l.name !== '');
  if (oneLine(entry).length > 500) return { people: [], split: false };
  const written = oneLine(entry).replace(/\[(?:info|\w+ (?:profile|info))\]\s*/g, '');
  const parts = written.split(/\s*(?:,|;|\/(?!\/)|\s&|\s\+|\sand\b|\sи\s|\n)\s*/u).map(nameIn);
  const site = (name: string): string | null => links.find((l) => l.name === name)?.site ?? null;
  const names = parts.filter((p) => p !== '');
  if (names.length > 0 && names.every((n) => looksLikeName(n))) {
    return { people: names.map((name) => ({ name, role, site: site(name) })), split: names.length > 1 };
  }
  const linked = links.filter((l) => l.site !== null);
  return { people: linked.map((l) => ({ name: l.name, role, site: l.site })), split: linked.length > 0 };
}

function nameIn(words: string): string {
  return words
    .replace(/\[(?:info|\w+ (?:profile|info))\]/g, '')
    .replace(/[(<][^()<>]*(?:@|https?:|\bat\b)[^()<>]*[)>]/g, '')
    .replace(/^[\s:]+|[\s.!:*]+$/g, '')
    .trim();
}

/** A name has at most five words and none of those that talk about people instead of naming them. */
function looksLikeName(words: string): boolean {
  const talk =
    /(?<![\p{L}'’])(?:thanks?|thank you|who|for|my|all|none|no one|nobody|not|un-?betad?|unbeta['’]?d|self|myself|mistakes?|is|was|are|you|n\/a|needed|wanted|yes|no|нет|спасибо|кто)(?![\p{L}'’])/iu;
  return (
    words.length <= 50 &&
    words.split(/\s+/).length <= 5 &&
    !talk.test(words) &&
    !/(?<!\p{L})the \p{Ll}/u.test(words) &&
    /[\p{L}\p{N}]/u.test(words) &&
    !/@/.test(words)
  );
}

function siteOf(href: string): string | null {
  const host = URL.parse(href)?.hostname ?? '';
  return (
    /(?:^|\.)((?:livejournal|dreamwidth|insanejournal|deadjournal|journalfen|archiveofourown|fanfiction|tumblr)\.(?:com|org|net))$/.exec(
      host,
    )?.[1] ?? null
  );
}

/** A fandom value of several parts, `A/B.`, is a crossover; a full stop after it is no part of the name. */
function readFandoms(draft: Draft, entry: Entry): Finding[] {
  const written = oneLine(entry);
  const stripped = /\..*\.$/.test(written) ? written : written.replace(/\.$/, '');
  const capital = /^["“(]?[\p{Lu}\p{N}]/u;
  const bySlash = stripped.split(/\s*(?:\/|\s[xX×]\s|\scrossover with\s|\bxover\b)\s*/u);
  const sides = bySlash.every((p) => capital.test(p)) ? bySlash : [stripped];
  const parts = sides.flatMap((p) => {
    const commas = p.split(/\s*[,;]\s*/);
    return commas.every((c) => capital.test(c)) ? commas : [p];
  });
  const names = parts.map((p) => p.trim()).filter((p) => p !== '');
  draft.fandoms = [...new Set([...draft.fandoms, ...names])];
  if (names.length < 2) {
    const certainty = stripped === written ? 'read' : 'inferred';
    return [{ certainty, about: 'fandoms', message: `The fandom is ${names.join('')}.` }];
  }
  const message = `A crossover: “${written}” is taken as ${names.length} fandoms, ${names.join(' and ')}.`;
  return [
    {
      certainty: 'inferred',
      about: 'fandoms',
      message,
      alternatives: [{ value: stripped, label: 'one fandom' }],
    },
  ];
}

function listOf(written: string, separators: RegExp): readonly string[] {
  return written
    .split(separators)
    .map((p) => p.trim().replace(/(?<!\b\p{L})\.$/u, ''))
    .filter((p) => p !== '' && !/^(?:none|no|n\/?a|no pairings?|нет|-+)$/i.test(p));
}

function readPairings(draft: Draft, entry: Entry): Finding[] {
  const parts = listOf(written(entry), /\s*[,;\n]\s*/);
  const mixed = entry.fields.includes('characters');
  const together = (p: string): boolean => /\/|\s[&xX×]\s/.test(p) || !mixed;
  const isCategory = (p: string): boolean => readCategory(p) !== undefined;
  const pairs = parts.filter((p) => together(p) && !isCategory(p));
  const alone = parts.filter((p) => !together(p) && !isCategory(p));
  const kinds = parts.flatMap((p) => readCategory(p)?.category ?? []);
  draft.relationships = [...new Set([...draft.relationships, ...pairs])];
  draft.characters = [...new Set([...draft.characters, ...alone])];
  draft.categories = [...new Set([...draft.categories, ...kinds])];
  const findings: Finding[] = [];
  if (pairs.length > 0) findings.push(listed('relationships', pairs));
  if (alone.length > 0) findings.push(listed('characters', alone));
  if (kinds.length > 0) findings.push({ ...listed('categories', kinds), certainty: 'inferred' });
  return findings;
}

function listed(about: keyof Header, names: readonly string[]): Finding {
  return {
    certainty: names.length > 1 ? 'inferred' : 'read',
    about,
    message: `${sentence(about)}: ${names.join(', ')}.`,
  };
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function readCharacters(draft: Draft, entry: Entry): Finding[] {
  if (entry.fields.includes('pairing')) return [];
  // A second sentence is an aside, no name; `Mrs. Pell` is one.
  const names = written(entry).replace(/(?<=\p{L}{4})\. (?=\p{Lu}).*$/su, '');
  const parts = listOf(names, /\s*[,;\n]\s*|\s+(?:and|&|и)\s+/u);
  draft.characters = [...new Set([...draft.characters, ...parts])];
  return parts.length === 0 ? [] : [listed('characters', parts)];
}

function readTags(draft: Draft, entry: Entry): Finding[] {
  const parts = listOf(written(entry), /\s*[,;\n|]\s*|\s*\/\s*(?=\p{L}{3})(?<=\p{L}{3}\s*\/\s*)/u);
  const kinds = parts.map((p) => ({
    p,
    found: entry.fields.includes('category') || !/m\/m|f\/f|f\/m/i.test(p) ? readCategory(p) : undefined,
  }));
  const categories = kinds.flatMap(({ found }) => found?.category ?? []);
  const tags = kinds.filter(({ found }) => found === undefined).map(({ p }) => p);
  draft.categories = [...new Set([...draft.categories, ...categories])];
  draft.freeforms = [...new Set([...draft.freeforms, ...tags])];
  const findings: Finding[] = [];
  if (categories.length > 0) {
    const certainty = kinds.every(({ found }) => found?.exact !== false) ? 'read' : 'inferred';
    findings.push({ ...listed('categories', categories), certainty });
  }
  if (tags.length > 0) findings.push({ ...listed('freeforms', tags), message: `Tags: ${tags.join(', ')}.` });
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
        message: `“${value}” is the rating ${rating}.`,
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
    const message = `“${value}” is the archive warning ${warnings.join(', ')}.`;
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

function written(entry: Entry): string {
  return textOf(entry).replace(/[ \t\u00a0]+/g, ' ');
}

function oneLine(entry: Entry): string {
  return textOf(entry)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}
