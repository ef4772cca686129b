import { Invalid } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { type TagKind, tagKinds } from '../../../model/views.ts';
import {
  archiveWarnings,
  type Category,
  categories,
  emptyHeader,
  type Header,
  ratings,
} from '../../../model/work.ts';
import { grouped } from '../../../phrases.ts';
import { listTags } from '../../../store/tags.ts';
import type { Archive } from '../../archive.ts';
import type { Form } from '../../forms.ts';
import { type Fault, faultOf } from '../frame.tsx';
import { typedText, writtenNote } from '../writing/text.ts';

/** A header as its form shows it: what was typed, valid or not. */
export interface TypedHeader {
  readonly title: string;
  readonly tags: Readonly<Record<TagKind, readonly string[]>>;
  readonly rating: string;
  readonly warnings: readonly string[];
  readonly categories: readonly string[];
  readonly language: string;
  readonly summary: string;
  readonly notes: string;
  readonly endnotes: string;
  readonly series: string;
  readonly part: string;
  readonly posted: string;
}

/** The field of the form, and of the header, that holds the tags of a kind. */
export const tagFields = {
  fandom: 'fandoms',
  relationship: 'relationships',
  character: 'characters',
  freeform: 'freeforms',
} as const satisfies Readonly<Record<TagKind, keyof Header>>;

/** A header as it is typed. */
export function typedHeader(header: Header<CleanHtml> = emptyHeader): TypedHeader {
  return {
    title: header.title ?? '',
    tags: tagsBy((kind) => header[tagFields[kind]]),
    rating: header.rating ?? '',
    warnings: header.warnings,
    categories: header.categories,
    language: header.language ?? '',
    summary: typedNote(header.summary),
    notes: typedNote(header.notes),
    endnotes: typedNote(header.endnotes),
    series: header.series?.name ?? '',
    part: header.series?.part?.toString() ?? '',
    posted: header.posted?.local?.slice(0, 10) ?? '',
  };
}

/** What a form sent, as it was typed. */
export function sentHeader(form: Form): TypedHeader {
  return {
    title: form.get('title'),
    tags: tagsBy((kind) => form.all(tagFields[kind])),
    rating: form.get('rating'),
    warnings: form.all('warnings'),
    categories: form.all('categories'),
    language: form.get('language'),
    summary: form.get('summary'),
    notes: form.get('notes'),
    endnotes: form.get('endnotes'),
    series: form.get('series'),
    part: form.get('part'),
    posted: form.get('posted'),
  };
}

/** The header a form makes of the one before, or why it makes none; what the form does not hold stays. */
export function readHeader(
  typed: TypedHeader,
  before: Header<CleanHtml> = emptyHeader,
): { readonly header: Header<CleanHtml>; readonly faults: readonly Fault[] } {
  const title = typed.title.replace(/\s+/g, ' ').trim();
  const language = typed.language.trim();
  const part = typed.part.trim();
  const series = typed.series.replace(/\s+/g, ' ').trim();
  const posted = typed.posted.trim();
  const fields = tagsBy((kind) => tidyTags(typed.tags[kind], before[tagFields[kind]]));
  const long = Object.values(fields)
    .flat()
    .find((name) => name.length > mostTagLetters);
  const faults: Fault[] = [
    ...fault('title', title.length > 300, 'A title has at most 300 characters.'),
    ...fault(
      'language',
      language !== '' && !isLanguage(language),
      `“${language}” is no language tag: en, de-CH.`,
    ),
    ...fault('part', part !== '' && !/^[1-9]\d{0,4}$/.test(part), 'A part is a number: 1, 2, 3.'),
    ...fault('posted', posted !== '' && !isDay(posted), 'A day is written as 2006-05-28.'),
    ...fault(
      'tags',
      long !== undefined,
      `“${long?.slice(0, 40)}…” is too long for a tag: ${mostTagLetters} characters.`,
    ),
    ...fault('tags', Object.values(fields).flat().length > mostTags, `A work has at most ${mostTags} tags.`),
    ...fault('series', series.length > 300, 'The name of a series has at most 300 characters.'),
  ];
  const note = (path: 'summary' | 'notes' | 'endnotes'): CleanHtml | null => {
    if (typed[path].length > longestNote[path]) {
      faults.push({
        path,
        words: `This has at most ${grouped(longestNote[path])} characters; the rest is for the story.`,
      });
      return before[path];
    }
    try {
      return writtenNote(typed[path], before[path]);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      faults.push({ ...faultOf(error), path });
      return before[path];
    }
  };
  const header: Header<CleanHtml> = {
    ...before,
    title: title === '' ? null : title,
    fandoms: fields.fandom,
    relationships: fields.relationship,
    characters: fields.character,
    freeforms: fields.freeform,
    rating: ratings.find((rating) => rating === typed.rating) ?? null,
    warnings: archiveWarnings.filter((warning) => typed.warnings.includes(warning)),
    categories: categories.filter((category: Category) => typed.categories.includes(category)),
    language: language === '' || !isLanguage(language) ? null : language,
    summary: note('summary'),
    notes: note('notes'),
    endnotes: note('endnotes'),
    series: seriesOf(series, part, before.series),
    posted: postedOf(posted, before.posted),
  };
  return { header, faults };
}

/** Tags that exist, for those who type: the first of each kind by name. */
export async function knownTags(archive: Archive): Promise<Readonly<Record<TagKind, readonly string[]>>> {
  const lists = await Promise.all(
    tagKinds.map(async (kind) => (await listTags(archive.store, kind, { limit: mostKnown })).items),
  );
  return tagsBy((kind) => lists[tagKinds.indexOf(kind)]?.map((tag) => tag.name) ?? []);
}

const mostKnown = 300;
const mostTagLetters = 150;
const mostTags = 200;
/** Lists show summaries, and every passage's page may show notes: these are short, as they are read often. */
const longestNote = { summary: 5_000, notes: 20_000, endnotes: 20_000 };

function tagsBy(of: (kind: TagKind) => readonly string[]): Record<TagKind, readonly string[]> {
  return {
    fandom: of('fandom'),
    relationship: of('relationship'),
    character: of('character'),
    freeform: of('freeform'),
  };
}

function fault(path: string, isSo: boolean, words: string): readonly Fault[] {
  return isSo ? [{ path, words }] : [];
}

/** A comma parts two tags, except in a tag the work has already. */
function tidyTags(typed: readonly string[], before: readonly string[]): readonly string[] {
  const names = typed.flatMap((text) => (before.includes(text) ? [text] : text.split(',')));
  return [...new Set(names.map((name) => name.replace(/\s+/g, ' ').trim()).filter((name) => name !== ''))];
}

function typedNote(html: CleanHtml | null): string {
  return html === null ? '' : typedText(html);
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Whether a text is a day as fields of forms write it: `2006-05-28`. */
export function isDay(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function seriesOf(name: string, part: string, before: Header['series']): Header['series'] {
  if (name === '' && part === '') return null;
  return {
    name: name === '' ? null : name,
    part: /^[1-9]\d{0,4}$/.test(part) ? Number(part) : null,
    of: before?.of ?? null,
  };
}

/** A day left as it was keeps what else is known of it: the hour, the zone, the words as written. */
export function postedOf(day: string, before: Header['posted']): Header['posted'] {
  if (day === (before?.local?.slice(0, 10) ?? '')) return before;
  if (!isDay(day)) return null;
  return { written: null, local: day, instant: null, zone: null, precision: 'day' };
}
