import type { CleanHtml } from '../../html.ts';
import { textOfHtml } from '../../html.ts';
import type { WrittenDate } from '../../model/date.ts';
import type { Edition } from '../../model/edition.ts';
import {
  type Alternative,
  type Certainty,
  certainties,
  type Decision,
  type Remark,
} from '../../model/remark.ts';
import { archiveWarnings, categories, type Header, type Role, ratings, roles } from '../../model/work.ts';
import { ratingName, sayDate, sayZone, warningNamesOf } from '../../phrases.ts';

/** How sure a fact is; `missing` where publishing asks for one that nobody has given. */
export type Surety = Certainty | 'missing';

/** The surety of a fact in the word that stands beside it. */
export const suretyNames: Readonly<Record<Surety, string>> = {
  read: 'read',
  inferred: 'inferred',
  undecided: 'for you to decide',
  decided: 'decided',
  lost: 'lost',
  missing: 'missing',
};

/** How a person mends a fact: words, words in paragraphs, one or some of fixed values. */
export type Mending =
  | { readonly kind: 'line'; readonly hint?: string }
  | { readonly kind: 'paragraphs' }
  | { readonly kind: 'one'; readonly values: readonly string[] }
  | { readonly kind: 'some'; readonly values: readonly string[] };

/** One field of the header as it is reviewed. */
export interface Fact {
  /** As decisions name it: `work.title`. */
  readonly about: string;
  readonly label: string;
  /** As people read it; null where the page has nothing. */
  readonly says: string | null;
  /** The same as a decision would write it. */
  readonly value: string;
  readonly surety: Surety;
  readonly remarks: readonly Remark[];
  readonly alternatives: readonly Alternative[];
  readonly mending: Mending;
  readonly decision: Decision | undefined;
}

interface Field {
  readonly name: string;
  readonly label: string;
  readonly mending: Mending;
  readonly value: (header: Header<CleanHtml>) => string;
  readonly says?: (header: Header<CleanHtml>) => string;
}

const comma = { kind: 'line', hint: 'With commas between them.' } as const;
const day = { kind: 'line', hint: 'Such as 2006-05-28, or 28 May 2006 12:47 UTC.' } as const;
const line = { kind: 'line' } as const;
const prose = { kind: 'paragraphs' } as const;

const roleNames: Readonly<Record<Role, string>> = {
  author: 'Author',
  beta: 'Beta',
  translator: 'Translator',
  artist: 'Artist',
  podficcer: 'Read by',
  recipient: 'For',
  other: 'Others',
};

const fields: readonly Field[] = [
  { name: 'title', label: 'Title', mending: line, value: (h) => h.title ?? '' },
  ...roles.map((role) => ({
    name: role,
    label: roleNames[role],
    mending: comma,
    value: (h: Header) => namesOf(h, role),
  })),
  listed('fandoms', 'Fandoms'),
  listed('relationships', 'Relationships'),
  listed('characters', 'Characters'),
  listed('freeforms', 'Tags'),
  {
    name: 'rating',
    label: 'Rating',
    mending: { kind: 'one', values: ratings },
    value: (h) => h.rating ?? '',
    says: (h) => (h.rating === null ? '' : ratingName(h.rating)),
  },
  {
    name: 'warnings',
    label: 'Warnings',
    mending: { kind: 'some', values: archiveWarnings },
    value: (h) => h.warnings.join(', '),
    says: (h) => (h.warnings.length === 0 ? '' : warningNamesOf(h).join(' · ')),
  },
  {
    name: 'categories',
    label: 'Categories',
    mending: { kind: 'some', values: categories },
    value: (h) => h.categories.join(', '),
  },
  { name: 'language', label: 'Language', mending: line, value: (h) => h.language ?? '' },
  told('summary', 'Summary'),
  told('notes', 'Notes'),
  told('endnotes', 'Endnotes'),
  told('disclaimer', 'Disclaimer'),
  {
    name: 'series',
    label: 'Series',
    mending: { kind: 'line', hint: 'Its name and the part: Lamps (2/3).' },
    value: ({ series }) => {
      if (series === null) return '';
      const part = series.part === null ? '' : `(${series.part}/${series.of ?? '?'})`;
      return `${series.name ?? ''} ${part}`.trim();
    },
  },
  dated('posted', 'Posted'),
  dated('revised', 'Revised'),
  {
    name: 'complete',
    label: 'Complete',
    mending: { kind: 'one', values: ['yes', 'no'] },
    value: ({ complete }) => (complete === null ? '' : complete ? 'yes' : 'no'),
  },
];

function listed(name: 'fandoms' | 'relationships' | 'characters' | 'freeforms', label: string): Field {
  return { name, label, mending: comma, value: (h) => h[name].join(', ') };
}

function told(name: 'summary' | 'notes' | 'endnotes' | 'disclaimer', label: string): Field {
  const plain = (html: CleanHtml | null): string => (html === null ? '' : textOfHtml(html));
  // Words that are more than paragraphs are mended as they are marked up: mending must not flatten them.
  const isPlain = (html: CleanHtml): boolean => !/<(?!\/?p>|br\/>)/.test(html);
  const value = ({ [name]: html }: Header<CleanHtml>): string =>
    html === null || isPlain(html) ? plain(html) : html;
  return { name, label, mending: prose, value, says: (h) => plain(h[name]) };
}

function dated(name: 'posted' | 'revised', label: string): Field {
  const said = (date: WrittenDate | null): string => (date === null ? '' : sayDate(date) + sayZone(date));
  return {
    name,
    label,
    mending: day,
    value: (h) => h[name]?.local ?? '',
    says: (h) => said(h[name]),
  };
}

function namesOf(header: Header, role: Role): string {
  return header.creators
    .filter((c) => c.role === role)
    .map((c) => c.name)
    .join(', ');
}

/** The header of an import, fact by fact; `header` is what the work has now, answers given when it was published included. */
export function factsOf(
  edition: Edition<CleanHtml>,
  header: Header<CleanHtml>,
  decisions: readonly Decision[],
): readonly Fact[] {
  return fields.map(({ name, label, mending, value, says }) => {
    const about = `work.${name}`;
    const remarks = edition.remarks.filter((r) => isAbout(r, name));
    const isAnswered = value(edition.work) === '' && value(header) !== '';
    const shown = isAnswered ? header : edition.work;
    const words = (says ?? value)(shown);
    const decision = decisions.find((d) => namesFor(name).includes(d.about.toLowerCase()));
    const isAsked = name === 'rating' || name === 'warnings';
    const surest = decision !== undefined || isAnswered ? 'decided' : suretyOf(remarks);
    return {
      about,
      label,
      says: words === '' ? null : words,
      value: value(shown),
      surety: words === '' && isAsked && surest !== 'undecided' ? 'missing' : surest,
      remarks,
      alternatives: remarks.flatMap((r) => r.alternatives),
      mending,
      decision,
    };
  });
}

/** The names under which a field may be decided: `work.author` and `work.authors`, `work.fandoms` and `work.fandom`. */
function namesFor(name: string): readonly string[] {
  const stem = name === 'categories' ? 'category' : name.replace(/s$/, '');
  const more = name === 'author' ? ['work.creators'] : name === 'freeforms' ? ['work.tags'] : [];
  return [`work.${name}`, `work.${stem}`, `work.${stem}s`, ...more];
}

/** Of people importers say in words what they did. */
function isAbout({ about, message }: Remark, name: string): boolean {
  if (about !== 'work.creators') return about === `work.${name}` || about.startsWith(`work.${name}.`);
  const role = roles.find((r) => new RegExp(`\\b${r}s?\\b`, 'i').test(message)) ?? 'author';
  return role === name;
}

/** How sure a fact is of which several things may be said: the least sure of them. */
export function suretyOf(remarks: readonly Pick<Remark, 'certainty'>[]): Certainty {
  const order: readonly Certainty[] = ['undecided', 'lost', 'inferred', 'decided', 'read'];
  return order.find((certainty) => remarks.some((r) => r.certainty === certainty)) ?? 'read';
}

/** How many facts are of each certainty, those there are none of left out. */
export function tally(remarks: readonly Remark[]): readonly (readonly [Certainty, number])[] {
  return certainties
    .map((certainty) => [certainty, remarks.filter((r) => r.certainty === certainty).length] as const)
    .filter(([, n]) => n > 0);
}

/** The id of a fact on its page. */
export function factId(about: string): string {
  return `fact-${about.replace(/\W+/g, '-').replace(/-$/, '')}`;
}
