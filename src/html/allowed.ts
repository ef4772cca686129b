import { attribute, type Element } from '../dom.ts';

/*
 * The allow-list: which elements of strangers' HTML are kept, where they may stand, and with which attributes.
 */

/** Inline elements that are kept, and as what; a `span` only where it says something. */
export const inlineTags: Readonly<Record<string, string>> = {
  a: 'a',
  abbr: 'abbr',
  acronym: 'abbr',
  b: 'b',
  bdi: 'bdi',
  bdo: 'bdo',
  big: 'span',
  cite: 'cite',
  code: 'code',
  del: 'del',
  dfn: 'dfn',
  em: 'em',
  i: 'i',
  ins: 'ins',
  kbd: 'kbd',
  mark: 'mark',
  q: 'q',
  s: 's',
  samp: 'samp',
  small: 'small',
  span: 'span',
  strike: 's',
  strong: 'strong',
  sub: 'sub',
  sup: 'sup',
  tt: 'code',
  u: 'u',
  var: 'var',
};
/** Headings, one level down: the first is the page’s own. */
export const headingTags: Readonly<Record<string, string>> = {
  h1: 'h2',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h5',
  h6: 'h6',
};
/** Elements whose white space is kept. */
export const preTags = new Set(['pre', 'xmp', 'listing', 'plaintext']);
/** What may stand directly inside a container; a child that may not is unwrapped. */
export const containers: Readonly<Record<string, (parent: string) => boolean>> = {
  blockquote: isFlow,
  ul: isFlow,
  ol: isFlow,
  li: (parent) => parent === 'ul' || parent === 'ol',
  dl: isFlow,
  dt: (parent) => parent === 'dl',
  dd: (parent) => parent === 'dl',
  figure: isFlow,
  figcaption: (parent) => parent === 'figure',
  table: isFlow,
  caption: (parent) => parent === 'table',
  tbody: (parent) => parent === 'table',
  thead: (parent) => parent === 'table',
  tfoot: (parent) => parent === 'table',
  tr: (parent) => parent === 'tbody' || parent === 'thead' || parent === 'tfoot',
  td: (parent) => parent === 'tr',
  th: (parent) => parent === 'tr',
};
/** Containers that take paragraphs; '' is the text itself. */
const flowParents = new Set(['', 'blockquote', 'li', 'dd', 'td', 'th', 'figure']);
/** Whether blocks may stand directly inside. */
export function isFlow(parent: string): boolean {
  return flowParents.has(parent);
}
/** Where bare words get a paragraph of their own; in the other flow parents they may stand bare. */
export const paragraphParents = new Set(['', 'blockquote', 'figure']);
/** Elements whose edges end a line of text although they themselves are not kept. */
export const lineEnding = new Set(
  'address article aside body center details dialog dir div fieldset footer form header hgroup html legend main menu nav option p search section summary table tbody td tfoot th thead tr ul ol li dl dt dd figure figcaption blockquote caption'.split(
    ' ',
  ),
);

/** Containers for words alone. */
export const phrasing = new Set(['dt', 'figcaption', 'caption']);

/** Language and direction, as attributes. */
export function languageAttributes(element: Element): string {
  const lang = attribute(element, 'lang') ?? '';
  const dir = attribute(element, 'dir')?.toLowerCase() ?? '';
  return (
    (/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/.test(lang) ? ` lang="${lang}"` : '') +
    (/^(ltr|rtl|auto)$/.test(dir) ? ` dir="${dir}"` : '')
  );
}

/** What cells and lists say of themselves. */
export function containerAttributes(element: Element): string {
  const tag = element.tagName;
  if (tag === 'td' || tag === 'th')
    return numberAttribute(element, 'colspan', 100) + numberAttribute(element, 'rowspan', 100);
  if (tag === 'li') return numberAttribute(element, 'value', 100_000);
  if (tag !== 'ol') return '';
  const type = attribute(element, 'type') ?? '';
  const reversed = attribute(element, 'reversed') === undefined ? '' : ' reversed="reversed"';
  return (
    numberAttribute(element, 'start', 100_000) + (/^[1aAiI]$/.test(type) ? ` type="${type}"` : '') + reversed
  );
}

/** An attribute that is a number from 1 to `most`; '' for anything else. */
export function numberAttribute(element: Element, name: string, most: number): string {
  const value = attribute(element, name) ?? '';
  return /^\d{1,6}$/.test(value) && Number(value) >= 1 && Number(value) <= most
    ? ` ${name}="${Number(value)}"`
    : '';
}

/** Where a block is set in the middle or at the right; or that its lines are verse. */
export function alignOf(element: Element): string | undefined {
  if (element.tagName === 'center') return 'center';
  const align =
    attribute(element, 'align')?.toLowerCase() ??
    /text-align:\s*(\w+)/i.exec(attribute(element, 'style') ?? '')?.[1];
  if (align === 'center' || align === 'right') return align;
  return /^(?:center|right|verse)$/.exec(attribute(element, 'class') ?? '')?.[0];
}
