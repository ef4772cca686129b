import type { WrittenDate } from './date.ts';

/** What a work is: a story, or a dated post of its author that is none (an announcement, a thought, thanks). */
export const workKinds = ['story', 'note'] as const;
export type WorkKind = (typeof workKinds)[number];

/** AO3's five ratings: a work has exactly one before it is published. */
export const ratings = [
  'Not Rated',
  'General Audiences',
  'Teen And Up Audiences',
  'Mature',
  'Explicit',
] as const;
export type Rating = (typeof ratings)[number];

/** AO3's archive warnings: a published work answers with one or more of these. */
export const archiveWarnings = [
  'Choose Not To Use Archive Warnings',
  'No Archive Warnings Apply',
  'Graphic Depictions Of Violence',
  'Major Character Death',
  'Rape/Non-Con',
  'Underage Sex',
] as const;
export type ArchiveWarning = (typeof archiveWarnings)[number];

/** AO3's categories. */
export const categories = ['Gen', 'F/M', 'M/M', 'F/F', 'Multi', 'Other'] as const;
export type Category = (typeof categories)[number];

/** What a person did for a work. */
export const roles = ['author', 'beta', 'translator', 'artist', 'podficcer', 'recipient', 'other'] as const;
export type Role = (typeof roles)[number];

/** A name credited on a work. `site` is where that name had an account (`livejournal.com`), null when not said. */
export interface Creator {
  readonly name: string;
  readonly role: Role;
  readonly site: string | null;
}

/** A work's place in a series, or the part an entry says it is (`2/3`); `of` null for `2/?` or unknown. */
export interface SeriesPart {
  readonly name: string | null;
  readonly part: number | null;
  readonly of: number | null;
}

/** One line of a header as it stood: `{label: 'Beta', value: 'X and Y'}`; the label '' for a line without one. */
export interface HeaderLine {
  readonly label: string;
  readonly value: string;
}

/**
 * What is said about a work before it begins. `Html` is `CleanHtml` once cleaned, plain `string` in an Edition
 * read from outside. Null and empty mean that nothing is known: nothing is ever filled in.
 */
export interface Header<Html extends string = string> {
  readonly title: string | null;
  readonly creators: readonly Creator[];
  readonly fandoms: readonly string[];
  readonly relationships: readonly string[];
  readonly characters: readonly string[];
  readonly freeforms: readonly string[];
  readonly rating: Rating | null;
  readonly warnings: readonly ArchiveWarning[];
  readonly categories: readonly Category[];
  /** BCP 47, such as `en` or `de-CH`. */
  readonly language: string | null;
  readonly summary: Html | null;
  readonly notes: Html | null;
  readonly endnotes: Html | null;
  readonly disclaimer: Html | null;
  readonly series: SeriesPart | null;
  readonly posted: WrittenDate | null;
  readonly revised: WrittenDate | null;
  readonly complete: boolean | null;
  /** The header block as it was written, line by line, the lines that became fields included. */
  readonly asWritten: readonly HeaderLine[];
}

/** A header in which nothing is known yet. */
export const emptyHeader: Header<never> = {
  title: null,
  creators: [],
  fandoms: [],
  relationships: [],
  characters: [],
  freeforms: [],
  rating: null,
  warnings: [],
  categories: [],
  language: null,
  summary: null,
  notes: null,
  endnotes: null,
  disclaimer: null,
  series: null,
  posted: null,
  revised: null,
  complete: null,
  asWritten: [],
};

/** How far a work has come. */
export const stages = ['draft', 'scheduled', 'published', 'hidden', 'removed'] as const;
export type Stage = (typeof stages)[number];

/** Who may read a work: those who run the archive, those with its secret link, members, everyone. */
export const audiences = ['hosts', 'link', 'members', 'everyone'] as const;
export type Audience = (typeof audiences)[number];

/** Whether its thread takes new comments. */
export const threadSettings = ['open', 'approval', 'frozen', 'closed'] as const;
export type ThreadSetting = (typeof threadSettings)[number];

/** Which states before the one they see are open to readers: none, those that were once published, all. */
export const oldTextSettings = ['nobody', 'published', 'everyone'] as const;
export type OldTexts = (typeof oldTextSettings)[number];

/** Readers count an unanswered rating or warning as mature (house rule, `docs/moderating.md`). */
export function isMature(header: Pick<Header, 'rating' | 'warnings'>): boolean {
  if (header.rating === null || header.rating === 'Not Rated') return true;
  if (header.rating === 'Mature' || header.rating === 'Explicit') return true;
  return header.warnings.length === 0 || header.warnings.includes('Choose Not To Use Archive Warnings');
}

/** The sentence names of a list of people: `A, B and C`. */
export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
