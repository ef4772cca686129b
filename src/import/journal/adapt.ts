import { attribute, find, findAll, lineOf } from '../../dom.ts';
import { type Block, blockText, type CleanHtml, cleanBlocks } from '../../html.ts';
import type { WrittenDate } from '../../model/date.ts';
import { type Edition, emptyEdition } from '../../model/edition.ts';
import { type Decision, type Remark, remark } from '../../model/remark.ts';
import type { SourceRecord } from '../../model/source.ts';
import type { Creator, Header } from '../../model/work.ts';
import { readDate } from '../dates.ts';
import { applyDecisions } from '../decide.ts';
import type { Importer, OpenFile, PartingPlace, Reading } from '../importer.ts';
import { recordOf } from '../source.ts';
import { readStory } from '../story.ts';
import { untitled } from '../untitled.ts';
import { readAddress } from './address.ts';
import { isUserPicture } from './names.ts';
import type { JournalEntry, JournalPage } from './page.ts';
import { type Pictures, picturesOf } from './pictures.ts';
import { readThread } from './thread.ts';
import { type Calendar, calendarOf, inferInstant, readTime } from './times.ts';

/**
 * A journal page as Editions, one for each entry in it. What an entry's own words say of it (a header block) goes
 * before what the page says around them: the poster is taken for the author only where no author is named.
 * On a page of several entries a decision may be for one of them, counted from 0: `editions[1].work.title`.
 */
export function adaptJournal(
  page: JournalPage,
  file: OpenFile,
  importer: Pick<Importer, 'name' | 'version'>,
  decisions: readonly Decision[],
): Reading {
  const read = page.entries.map((entry, i) =>
    adaptEntry(entry, page, file, importer, decisionsFor(i, decisions)),
  );
  return {
    // As they were given: without the number, a decision for one entry would be one for all when the page is read anew.
    editions: read.map(({ edition }, i) => ({ ...edition, decisions: decisions.filter((d) => isFor(i, d)) })),
    chrome: page.chrome,
    places: read.map(({ places }) => places),
  };
}

function decisionsFor(index: number, decisions: readonly Decision[]): readonly Decision[] {
  const prefix = prefixOf(index);
  return decisions
    .filter((d) => isFor(index, d))
    .map((d) => (d.about.startsWith(prefix) ? { ...d, about: d.about.slice(prefix.length) } : d));
}

function isFor(index: number, { about }: Decision): boolean {
  return about.startsWith(prefixOf(index)) || !about.startsWith('editions[');
}

function prefixOf(index: number): string {
  return `editions[${index}].`;
}

function adaptEntry(
  entry: JournalEntry,
  page: JournalPage,
  file: OpenFile,
  importer: Pick<Importer, 'name' | 'version'>,
  decisions: readonly Decision[],
): { readonly edition: Edition<CleanHtml>; readonly places: readonly PartingPlace[] } {
  const pictures = picturesOf(file);
  const calendar = calendarOf(entry, page.language);
  const where = { file: file.path, line: lineOf(entry.element), element: null };
  const { posted, remarks: dateRemarks } = readPosted(entry, calendar, where);
  const blocks = cleanBlocks(entry.body, {
    base: entry.address ?? undefined,
    image: pictures.find,
    omit: isUserPicture,
  });
  const { header, story, remarks, places } = readStory({
    file: file.path,
    subject: entry.subject,
    blocks,
    posted,
    decisions,
  });
  const thread = readThread(entry.comments, { file, address: entry.address, pictures, calendar });
  const edition: Edition<CleanHtml> = {
    ...emptyEdition,
    ...(blocks.length === 0 ? { ...story, passages: [] } : story),
    work: {
      ...header,
      creators: creatorsOf(header, entry, page.site),
      posted: posted ?? header.posted,
      freeforms: [...header.freeforms, ...tagsOf(entry).filter((tag) => !header.freeforms.includes(tag))],
      asWritten: [...header.asWritten, ...entry.about],
    },
    comments: thread.comments,
    sources: [sourceOf(entry, page, file, importer)],
    resources: pictures.used(),
    remarks: [
      ...remarks,
      ...(posted === null && header.posted !== null ? [] : dateRemarks),
      ...remarksOnPeople(header, entry, where),
      ...remarksOnText(header, entry, blocks, pictures, where),
      ...(entry.remarks ?? []),
      ...thread.remarks,
    ],
  };
  return { edition: applyDecisions(edition, decisions), places };
}

type Place = NonNullable<Remark['where']>;

/**
 * The date of an entry: the poster's wall clock, whose zone no page states. Where comments tell the moment, it is
 * given in `instant` while `zone` stays null: the moment is inferred, the zone is not known.
 */
function readPosted(
  entry: JournalEntry,
  calendar: Calendar,
  where: Place,
): { readonly posted: WrittenDate | null; readonly remarks: readonly Remark[] } {
  if (entry.posted === null) {
    return {
      posted: null,
      remarks: [remark('lost', 'work.posted', 'The page gives no date for this entry.', { where })],
    };
  }
  const alone = readDate(entry.posted, calendar);
  const ofDay =
    alone === undefined && entry.day !== undefined ? readDate(`${entry.day} ${entry.posted}`) : undefined;
  const { date, ambiguous } = alone ?? ofDay ?? readTime(entry.posted, calendar);
  const posted = { ...date, written: entry.posted };
  if (ambiguous.length > 0) {
    const message = `“${entry.posted}” can be read in two ways: which day is it?`;
    return {
      posted,
      remarks: [remark('undecided', 'work.posted', message, { where, alternatives: ambiguous })],
    };
  }
  if (date.local === null) {
    const message = `The date “${entry.posted}” is kept as it was written; which day it means could not be told.`;
    return { posted, remarks: [remark('lost', 'work.posted', message, { where })] };
  }
  const dated =
    ofDay === undefined
      ? remark(
          'read',
          'work.posted',
          `Posted “${entry.posted}” by the poster’s clock; in which zone is not said.`,
          { where },
        )
      : remark(
          'inferred',
          'work.posted',
          `The page gives only the time; the day is that of the page, ${entry.day}.`,
          {
            where,
            quote: entry.day ?? null,
          },
        );
  const instant = posted.instant ?? inferInstant(posted, entry.comments);
  if (instant === undefined || posted.instant !== null) return { posted, remarks: [dated] };
  const message = `Posted at ${instant}: comments say how long after the entry they came.`;
  return {
    posted: { ...posted, instant },
    remarks: [dated, remark('inferred', 'work.posted.instant', message, { where })],
  };
}

function isSameName(one: string, other: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');
  return plain(one) === plain(other);
}

function creatorsOf(header: Header, entry: JournalEntry, site: string | null): readonly Creator[] {
  const { poster } = entry;
  const creators = header.creators.map((c) =>
    c.site === null && poster !== null && isSameName(c.name, poster) ? { ...c, site } : c,
  );
  if (poster === null || creators.some((c) => c.role === 'author')) return creators;
  return [{ name: poster, role: 'author', site }, ...creators];
}

function remarksOnPeople(header: Header, entry: JournalEntry, where: Place): readonly Remark[] {
  const { poster, journal } = entry;
  const about = 'work.creators';
  const authors = header.creators.filter((c) => c.role === 'author');
  const remarks: Remark[] = [];
  if (poster === null) {
    const message =
      journal === null
        ? 'The page does not say who posted this.'
        : `The page says whose journal it is (${journal}), but not who posted this.`;
    if (authors.length === 0) remarks.push(remark('lost', about, message, { where }));
  } else if (authors.length === 0) {
    remarks.push(
      remark('inferred', about, `“${poster}” posted the entry and is taken for its author.`, { where }),
    );
  } else {
    const same = authors.some((c) => isSameName(c.name, poster));
    const message = same
      ? `“${poster}” posted the entry, as its header says.`
      : `“${poster}” posted the entry, but its header names ${authors.map((c) => `“${c.name}”`).join(', ')} as the author: both are kept.`;
    remarks.push(remark('read', about, message, { where, quote: poster }));
  }
  if (journal !== null && poster !== null && !isSameName(journal, poster)) {
    remarks.push(
      remark('read', 'sources[0].origin', `Posted in the community or journal “${journal}”.`, {
        where,
        quote: journal,
      }),
    );
  }
  return remarks;
}

function tagsOf(entry: JournalEntry): readonly string[] {
  return entry.about
    .filter(({ label }) => /^(?:entry )?tags?\b|^метки|^теги/i.test(label))
    .flatMap(({ value }) => value.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function remarksOnText(
  header: Header,
  entry: JournalEntry,
  blocks: readonly Block[],
  pictures: Pictures,
  where: Place,
): readonly Remark[] {
  const remarks: Remark[] = [];
  const say = (about: string, message: string): number =>
    remarks.push(remark('read', about, message, { where }));
  if (header.title === null) {
    const message = 'The entry has no subject line, and nothing in it says what the story is called.';
    remarks.push(untitled(where, message));
  }
  if (tagsOf(entry).length > 0)
    say('work.freeforms', `The entry’s tags are kept as tags: ${tagsOf(entry).join(', ')}.`);
  if (entry.about.length > 0) {
    say(
      'work.asWritten',
      `Kept in the header as they were written: ${entry.about.map(({ label }) => label).join(', ')}.`,
    );
  }
  const cuts = entry.body.filter(
    (node) => ('tagName' in node && isCut(node)) || find(node, isCut) !== undefined,
  ).length;
  if (cuts > 0)
    say(
      'passages',
      'Part of the entry stood behind a cut (lj-cut) in lists of entries; the whole text is here.',
    );
  const first = anotherEnding.test(entry.subject ?? '') ? linkedEntry(entry) : undefined;
  if (first !== undefined) {
    const message = `The subject says that this is another ending; the story it belongs to may be the entry it links to, ${first}.`;
    remarks.push(remark('inferred', 'work.related', message, { where }));
  }
  const images = pictures.used().length;
  if (images > 0)
    say(
      'resources',
      images === 1 ? 'One picture came along with the page.' : `${images} pictures came along with the page.`,
    );
  const missing = pictures.missing();
  if (missing.length > 0) {
    const message = `Pictures that belong to the page did not come along: ${missing.join(', ')}.`;
    remarks.push(remark('lost', 'resources', message, { where }));
  }
  if (
    !blocks.some((b) => blockText(b).trim() !== '') &&
    !entry.remarks?.some((r) => r.certainty === 'lost')
  ) {
    remarks.push(remark('lost', 'passages', 'The entry has no words in this file.', { where }));
  }
  return remarks;
}

const anotherEnding =
  /[([](?:alternat(?:e|ive)|alt\.?|other|second|different|another|new|happy|sad) ending[)\]]\s*$/i;

/** The address of the first other entry that the words of an entry link to. */
function linkedEntry(entry: JournalEntry): string | undefined {
  const links = entry.body.flatMap((node) => ('tagName' in node ? [node, ...findAll(node, () => true)] : []));
  return links
    .map((e) => (e.tagName === 'a' ? readAddress(attribute(e, 'href')) : undefined))
    .find((at) => at !== undefined && at.ditemid !== null && at.address !== entry.address)?.address;
}

function isCut(element: {
  readonly tagName: string;
  readonly attrs: readonly { readonly name: string; readonly value: string }[];
}): boolean {
  return element.tagName === 'a' && element.attrs.some((a) => a.name === 'name' && /^cutid\d/.test(a.value));
}

function sourceOf(
  entry: JournalEntry,
  page: JournalPage,
  file: OpenFile,
  importer: Pick<Importer, 'name' | 'version'>,
): SourceRecord {
  const { site } = page;
  const { journal, ditemid } = entry;
  return {
    ...recordOf(file, importer),
    address: entry.address,
    savedAt: savedAt(file),
    origin: site === null || journal === null || ditemid === null ? null : `${site}/${journal}/${ditemid}`,
  };
}

/** When the page was saved, where SingleFile says so in a comment; the time of a file is no witness. */
function savedAt(file: OpenFile): string | null {
  const said = /<!--\s*Page saved with SingleFile[^>]*?saved date:\s*([^\n(]+)/.exec(
    file.text.slice(0, 4096),
  )?.[1];
  const time = said === undefined ? Number.NaN : Date.parse(said.trim());
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
