import { isDivider } from '../html/blocks.ts';

/*
 * What comes from a clipboard. Word marks everything with its own styles and writes lists as paragraphs; Google Docs
 * wraps all of it in a `<b>` that is not bold and says in styles what leans; pages bring their menus' divisions along.
 * Kept are emphasis, headings, quotations, lists, breaks between scenes, links, notes' raised numbers, and direction.
 */

/** The HTML of a clipboard, cleaned to what stories have. What our own editor copied passes as it is. */
export function cleanPasted(html: string, parse: (html: string) => Document): string {
  if (/<[^>]* data-pm-slice=/.test(html)) return html;
  const { body } = parse(html.replace(/<!--.*?-->|<!\[[^\]]*\]>/gs, ''));
  for (const sign of body.querySelectorAll<HTMLElement>(listSign)) {
    const item = sign.closest('p');
    if (item !== null) item.dataset.sign = sign.textContent ?? '';
  }
  for (const element of body.querySelectorAll(`${unseen}, ${listSign}`)) element.remove();
  makeLists(body);
  for (const element of [...body.querySelectorAll('*')].reverse()) rewrite(element as HTMLElement);
  return body.innerHTML;
}

const unseen =
  'script, style, meta, link, title, template, svg, math, iframe, object, form, button, nav, [hidden]';
/** The sign Word puts before the words of an item. */
const listSign = '[style*="mso-list:Ignore" i], [style*="mso-list: Ignore" i]';

const kept = new Set(
  'p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li em i strong b s del sub sup a'.split(' '),
);
const divisions = new Set(
  'div section article main header footer aside figure figcaption address center dt dd tr pre'.split(' '),
);

function rewrite(element: HTMLElement): void {
  const name = element.localName;
  const marks = marksOf(element);
  const isPlain = saysPlain(element);
  const [direction, href] = [element.dir, element.getAttribute('href')?.trim() ?? ''];
  if (/^h[1-6]$|^p$/.test(name) && isDivider(element.textContent?.trim() ?? '')) {
    const scene = element.ownerDocument.createElement('hr');
    element.replaceWith(scene);
    return;
  }
  for (const { name: attribute } of [...element.attributes]) element.removeAttribute(attribute);
  if (direction === 'rtl' && /^(?:p|h\d|li|blockquote)$/.test(name)) element.dir = direction;
  if (name === 'a' && /^(?:https?:|mailto:)/i.test(href)) element.setAttribute('href', href);
  if (marks.length > 0) wrapContents(element, marks);
  if (name === 'h1') rename(element, 'h2');
  else if (divisions.has(name)) rename(element, element.querySelector(blocks) === null ? 'p' : 'div');
  else if (!kept.has(name) || isPlain || isNothing(element, name)) element.replaceWith(...element.childNodes);
}

const blocks = 'p, h1, h2, h3, h4, h5, h6, blockquote, ul, ol, hr, div';

const headings = 'h1, h2, h3, h4, h5, h6';

/** Emphasis that says it is none: `<b style="font-weight:normal">`. */
function saysPlain(element: HTMLElement): boolean {
  const style = element.getAttribute('style') ?? '';
  return element.matches('b, strong')
    ? /(?:^|;)\s*font-weight:\s*(?:normal|[1-4]00)/i.test(style)
    : element.matches('i, em') && /(?:^|;)\s*font-style:\s*normal/i.test(style);
}

/** A link to nowhere, bold within a heading. */
function isNothing(element: HTMLElement, name: string): boolean {
  if (name === 'a') return !element.hasAttribute('href');
  return /^(?:b|strong)$/.test(name) && element.closest(headings) !== null;
}

/** What an element's style says of its words, that its name does not. */
function marksOf(element: HTMLElement): readonly string[] {
  const style = element.getAttribute('style') ?? '';
  const says = (pattern: RegExp): string | undefined => pattern.exec(style)?.[1]?.trim().toLowerCase();
  const weight = says(/(?:^|;)\s*font-weight:\s*([^;]+)/i);
  const slant = says(/(?:^|;)\s*font-style:\s*([^;]+)/i);
  const name = element.localName;
  const isBold = /^(?:b|strong)$/.test(name);
  const isLeaning = /^(?:i|em)$/.test(name);
  if (/^(?:h[1-6]|ul|ol|blockquote)$/.test(name)) return [];
  return [
    ...(!isLeaning && /^(?:italic|oblique)/.test(slant ?? '') ? ['em'] : []),
    ...(!isBold && element.closest(headings) === null && /^(?:bold|[6-9]00)/.test(weight ?? '')
      ? ['strong']
      : []),
    ...(/line-through/.test(says(/text-decoration(?:-line)?:\s*([^;]+)/i) ?? '') ? ['s'] : []),
    ...(/^(?:sub|super)/.test(says(/vertical-align:\s*([^;]+)/i) ?? '')
      ? [says(/vertical-align:\s*([^;]+)/i) === 'sub' ? 'sub' : 'sup']
      : []),
  ];
}

function wrapContents(element: HTMLElement, names: readonly string[]): void {
  for (const name of names) {
    const mark = element.ownerDocument.createElement(name);
    mark.append(...element.childNodes);
    element.append(mark);
  }
}

function rename(element: HTMLElement, name: string): void {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

/** Word's lists: paragraphs of the class `MsoListParagraph…` with the sign before their words, numbered ones with a digit. */
function makeLists(body: HTMLElement): void {
  let list: HTMLElement | undefined;
  for (const element of [...body.querySelectorAll<HTMLElement>('p')]) {
    const isItem =
      /^MsoListParagraph/.test(element.className) ||
      /mso-list:\s*l\d/i.test(element.getAttribute('style') ?? '');
    if (!isItem) {
      list = undefined;
      continue;
    }
    const isNumbered = /^\s*(?:\d+|[a-z]|[ivx]+)[.)]/i.test(element.dataset.sign ?? '');
    if (list === undefined || element.previousElementSibling !== list) {
      list = body.ownerDocument.createElement(isNumbered ? 'ol' : 'ul');
      element.before(list);
    }
    const item = body.ownerDocument.createElement('li');
    item.append(...element.childNodes);
    list.append(item);
    element.remove();
  }
}
