/** How facts are said to people, in books and on pages alike: names, dates, ratings. */
import type { CommentAuthor } from './model/comment.ts';
import type { WrittenDate } from './model/date.ts';
import type { Branch, Condition, Passage, VariantSet } from './model/state.ts';
import type { ArchiveWarning, Header, Rating, WorkKind } from './model/work.ts';

/** `1 word`, `1,042 words`: a count with its noun, the plural formed with s unless given. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

/** `1,042`: a whole number as English groups its digits. The first `toLocaleString` of a program takes 30 ms. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The title of a work for people; stories without one are called so, notes after their date. */
export function titleOf(work: Titled): string {
  const title = work.title?.trim() ?? '';
  if (title !== '') return title;
  if (work.kind !== 'note') return 'Untitled';
  const posted = work.header?.posted ?? null;
  const day = (posted?.local ?? posted?.instant ?? work.publishedAt ?? '').slice(0, 10);
  return day === '' ? 'A note' : `Note of ${sayDate({ ...noDate, local: day })}`;
}

interface Titled {
  readonly title: string | null;
  readonly kind?: WorkKind;
  readonly header?: Pick<Header, 'posted'>;
  readonly publishedAt?: string | null;
}

const noDate: WrittenDate = { written: null, local: null, instant: null, zone: null, precision: 'day' };

/** A story as far as its passages' names depend on it. */
export interface Named {
  readonly passages: readonly Pick<Passage, 'key' | 'title' | 'ending'>[];
  readonly variantSets: readonly VariantSet[];
}

/**
 * What the passages of a story are called, by their keys: by their titles, or as the branches they begin, or by their
 * places. One name for a passage wherever it is spoken of.
 */
export function passageNames(story: Named): ReadonlyMap<string, string> {
  const begun = new Map(story.variantSets.flatMap((set) => set.branches.map((b) => [b.head, b] as const)));
  const untitled = untitledTrunk(story);
  return new Map(
    story.passages.map((passage, i) => {
      const branch = begun.get(passage.key);
      if (branch !== undefined) return [passage.key, branchName(branch, passage).name];
      const title = passage.title?.trim() ?? '';
      if (title !== '') return [passage.key, title];
      if (passage.key === untitled) return [passage.key, 'The story'];
      return [passage.key, passage.ending ? 'An ending' : `Part ${i + 1}`];
    }),
  );
}

/** The key of the passage that is the whole story until it divides, where it has no title of its own. */
export function untitledTrunk({ passages, variantSets }: Named): string | undefined {
  const heads = new Set(variantSets.flatMap((set) => set.branches.map((b) => b.head)));
  const trunk = passages.filter(({ key }) => !heads.has(key));
  return trunk.length === 1 && !trunk[0]?.title?.trim() ? trunk[0]?.key : undefined;
}

/** What a branch is called and what else is known of it: the title it begins with, and then its label. */
export function branchName(
  branch: Branch,
  head: Pick<Passage, 'title'> | undefined,
): {
  readonly name: string;
  readonly label: string | null;
} {
  const title = head?.title?.trim() ?? '';
  const label = branch.label.trim();
  if (title === '' || title.toLowerCase() === label.toLowerCase())
    return { name: label || title || `Way ${branch.siglum}`, label: null };
  return { name: title, label: label || null };
}

const ratingNames: Readonly<Record<Rating, string>> = {
  'Not Rated': 'Not rated',
  'General Audiences': 'General',
  'Teen And Up Audiences': 'Teen And Up',
  Mature: 'Mature',
  Explicit: 'Explicit',
};

/** A rating in few words; null means that nobody gave one. */
export function ratingName(rating: Rating | null): string {
  return rating === null ? 'No rating given' : ratingNames[rating];
}

const warningNames: Readonly<Record<ArchiveWarning, string>> = {
  'Choose Not To Use Archive Warnings': 'The author chose not to use archive warnings',
  'No Archive Warnings Apply': 'No archive warnings apply',
  'Graphic Depictions Of Violence': 'Graphic depictions of violence',
  'Major Character Death': 'Major character death',
  'Rape/Non-Con': 'Rape/Non-Con',
  'Underage Sex': 'Underage sex',
};

/** The archive warnings in words, one or more. */
export function warningNamesOf(header: Pick<Header, 'warnings'>): readonly string[] {
  return header.warnings.length === 0
    ? ['No answer to the archive warnings']
    : header.warnings.map((warning) => warningNames[warning]);
}

/** Whether a header names something readers are warned of. */
export function warns(header: Pick<Header, 'warnings'>): boolean {
  return header.warnings.some(
    (w) => w !== 'No Archive Warnings Apply' && w !== 'Choose Not To Use Archive Warnings',
  );
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/**
 * A date as people say it, as far as it is known: `28 May 2006, 12:47`, `May 2006`, `2006`; as it was written where
 * nobody could tell what it means; '' when there is none.
 */
export function sayDate(date: WrittenDate): string {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d))?)?)?/.exec(date.local ?? date.instant ?? '');
  if (match === null) return date.written === null ? '' : `“${date.written}”`;
  const [, year, month, day, time] = match;
  const named = month === undefined ? undefined : months[Number(month) - 1];
  const days = [day === undefined ? undefined : String(Number(day)), named, year].filter(
    (x) => x !== undefined,
  );
  return days.join(' ') + (time === undefined ? '' : `, ${time}`);
}

/** The zone of a date, in words that may follow it: ` UTC`, ` UTC+02:00`, or that it is not stated. */
export function sayZone(date: WrittenDate): string {
  if (lacksZone(date)) return ' (zone not stated)';
  if (date.local === null) return date.instant === null ? '' : ' UTC';
  if (!date.local.includes('T') || date.zone === null) return '';
  return /^[+-]/.test(date.zone) ? ` UTC${date.zone}` : ` ${date.zone}`;
}

/** Whether a date has a time of day by a clock nobody named. */
export function lacksZone(date: WrittenDate): boolean {
  return date.zone === null && date.local?.includes('T') === true;
}

/** Whose words a comment is, as far as its source says. */
export function authorName(author: CommentAuthor | null, posted: WrittenDate | null): string {
  if (author === null) {
    const year = /^\d{4}/.exec(posted?.local ?? posted?.instant ?? '')?.[0];
    return year === undefined ? 'a reader' : `a reader, ${year}`;
  }
  return author.kind === 'anonymous' ? 'Anonymous' : author.name;
}

/** A condition of a choice, as part of a sentence: `only if “The cellar” was read`, `only if the flag “lamp” is not set`. */
export function sayCondition(condition: Condition, nameOf: (key: string) => string): string {
  const not = condition.holds ? '' : 'not ';
  return condition.kind === 'flag'
    ? `only if the flag “${condition.flag}” is ${not}set`
    : `only if “${nameOf(condition.passage)}” was ${not}read`;
}
