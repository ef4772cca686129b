import { createHash } from 'node:crypto';
import { escapeHtml, textOfHtml } from '../../html.ts';
import type { WrittenDate } from '../../model/date.ts';
import type { Role } from '../../model/work.ts';
import { isOnCalendar } from '../book/dates.ts';
import type { Plan } from '../book/plan.ts';

/** A file of a book besides the package itself; `spine` when it is read in turn. */
export interface BookFile {
  readonly id: string;
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly properties?: string;
  readonly spine?: boolean;
}

/** MARC relators (id.loc.gov/vocabulary/relators). */
const relators: Readonly<Record<Role, string>> = {
  author: 'aut',
  beta: 'edt',
  translator: 'trl',
  artist: 'ill',
  podficcer: 'nrt',
  recipient: 'dte',
  other: 'oth',
};

/** The package document (EPUB 3.3, 5): what the book is, its files and their order. */
export function packageDocument(plan: Plan, files: readonly BookFile[], access: readonly string[]): string {
  const manifest = files.map(
    (f) =>
      `<item id="${f.id}" href="${f.path}" media-type="${f.mediaType}"${f.properties === undefined ? '' : ` properties="${f.properties}"`}/>`,
  );
  const spine = files.filter((f) => f.spine === true).map((f) => `<itemref idref="${f.id}"/>`);
  const rtl = plan.direction === 'rtl';
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"${plan.language === undefined ? '' : ` xml:lang="${plan.language}"`}${rtl ? ' dir="rtl"' : ''}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${[...metadata(plan), ...access].join('\n')}
</metadata>
<manifest>
${manifest.join('\n')}
</manifest>
<spine${rtl ? ' page-progression-direction="rtl"' : ''}>
${spine.join('\n')}
</spine>
</package>
`;
}

/**
 * The book's name for ever (a UUID of RFC 9562, version 8): made from its title and where it came from, so that two
 * states of a work are editions of one book.
 */
function identifierOf({ edition, options, title }: Plan): string {
  const from = edition.sources.map((s) => s.origin ?? s.sha256);
  const hash = createHash('sha256').update(
    JSON.stringify([title, from, from.length === 0 ? options.address : null]),
  );
  const hex = hash.digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function metadata(plan: Plan): readonly string[] {
  const { edition, options, title, language } = plan;
  const { work } = edition;
  const people = work.creators
    .filter((c) => isSaid(c.name))
    .flatMap((c, i) => {
      const element = c.role === 'author' ? 'dc:creator' : 'dc:contributor';
      return [
        `<${element} id="person-${i + 1}">${escapeHtml(c.name)}</${element}>`,
        `<meta refines="#person-${i + 1}" property="role" scheme="marc:relators">${relators[c.role]}</meta>`,
      ];
    });
  const subjects = [
    ...work.fandoms,
    ...work.relationships,
    ...work.characters,
    ...work.freeforms,
    ...work.categories,
  ];
  const summary = work.summary === null ? '' : textOfHtml(work.summary);
  const date = machineDate(work.posted);
  const sources = edition.sources.flatMap((s) => s.address ?? s.origin ?? []);
  return [
    `<dc:identifier id="id">${identifierOf(plan)}</dc:identifier>`,
    `<dc:title id="title">${escapeHtml(title)}</dc:title>`,
    `<dc:language>${language ?? 'und'}</dc:language>`,
    ...people,
    ...(date === undefined ? [] : [`<dc:date>${date}</dc:date>`]),
    `<meta property="dcterms:modified">${modifiedAt(options.stateMadeAt)}</meta>`,
    ...(isSaid(summary) ? [`<dc:description>${escapeHtml(summary)}</dc:description>`] : []),
    ...[...new Set(subjects)].filter(isSaid).map((s) => `<dc:subject>${escapeHtml(s)}</dc:subject>`),
    ...[...new Set(sources)].filter(isSaid).map((s) => `<dc:source>${escapeHtml(s)}</dc:source>`),
  ];
}

/** Whether anything is left of a text once white space and what XML does not hold are gone: elements may not be empty. */
function isSaid(text: string): boolean {
  return /[^\s\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text);
}

/** A date as far as it is known in W3C's form, undefined where it is none. */
function machineDate(date: WrittenDate | null): string | undefined {
  const text = date?.instant ?? date?.local?.slice(0, 10);
  if (text === undefined || !isOnCalendar(text)) return undefined;
  return text.length > 10 ? modifiedAt(text) : text;
}

function modifiedAt(moment: string): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}

/**
 * What the book can be used with (EPUB Accessibility 1.1, 2). Conformance is not claimed: nobody has looked at the
 * texts. Images by strangers may flash, so that a hazard is denied only where there are none.
 */
export function accessibility({
  images,
  described,
}: {
  readonly images: number;
  readonly described: boolean;
}): readonly string[] {
  const meta = (property: string, value: string): string =>
    `<meta property="schema:${property}">${value}</meta>`;
  const visual = images > 0;
  const features = [
    'tableOfContents',
    'readingOrder',
    'structuralNavigation',
    'displayTransformability',
    ...(described ? ['alternativeText'] : []),
  ];
  const pictures = !visual
    ? 'It has no images but the cover.'
    : described
      ? 'Its images have descriptions.'
      : 'Some of its images have no descriptions.';
  return [
    meta('accessMode', 'textual'),
    ...(visual ? [meta('accessMode', 'visual')] : []),
    ...(described ? [meta('accessModeSufficient', 'textual')] : []),
    ...features.map((f) => meta('accessibilityFeature', f)),
    meta('accessibilityHazard', visual ? 'unknown' : 'none'),
    meta(
      'accessibilitySummary',
      `Text with headings and a table of contents; where the story divides, its branches are links with letters and words, never colour alone. ${pictures} Conformance has not been checked by a person.`,
    ),
  ];
}
