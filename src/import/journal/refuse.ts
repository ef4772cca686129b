import { attribute, byTag, type Element, find, findAll, isText, textOf } from '../../dom.ts';
import type { OpenFile } from '../importer.ts';

/**
 * What a page of a journal site is when it is no entry, in words for a person: a sign-in page, an error, a journal
 * that is gone, a list of links. Undefined when nothing says. The words are those the sites print (htdocs/login.bml,
 * LJ::get_error_page, `bml/error`; LJ::S2 for calendars).
 */
export function explainRefusal(file: OpenFile): string | undefined {
  const root = file.tree();
  const title = titleOf(file);
  const headings = findAll(root, byTag('h1', 'h2', 'h3'))
    .slice(0, 12)
    .map(textOf)
    .join(' | ');
  const words = textOf(root);
  const said = reasonIn(`${title} | ${headings}`);
  if (said !== undefined) return said;
  if (find(root, isPasswordField) !== undefined) return 'a sign-in page';
  if (words === '') return 'a page without words';
  if (words.length < 3000) {
    const inWords = reasonIn(words);
    if (inWords !== undefined) return inWords;
  }
  return /\b(?:archive(?! of our own)|calendar|profile|userinfo|tags|memories)\b/i.test(title)
    ? `a list or profile, “${title}”, without texts`
    : undefined;
}

/** The title of a page; '' for none. */
export function titleOf(file: OpenFile): string {
  const title = find(file.tree(), byTag('title'));
  const words = title?.childNodes.filter(isText).map((t) => t.value) ?? [];
  return words.join(' ').replace(/\s+/g, ' ').trim();
}

function reasonIn(words: string): string | undefined {
  return reasons.find(([pattern]) => pattern.test(words))?.[1];
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /\b404\b|page (?:was )?not found|no such (?:entry|journal|user)|unknown (?:journal|site page)/i,
    'an error page: the page was not found',
  ],
  [
    /account (?:has been |is )?suspended|suspended (?:journal|account|entry)/i,
    'a notice: the account or entry is suspended',
  ],
  [
    /(?:journal|account|user) (?:has been |was |is )?(?:deleted|purged)|deleted (?:journal|account)/i,
    'a notice: the journal was deleted',
  ],
  [
    /access (?:is )?(?:denied|restricted)|protected (?:entry|journal|post)|not authorized|private entry|friends[- ]only entry/i,
    'a notice: access was denied to whoever saved it',
  ],
  [
    /adult content|age (?:verification|statement)|over (?:14|18)|discretion advised|viewing discretion/i,
    'a question of age before an entry; the entry is not in this file',
  ],
  [
    /(?:internal )?server error|service unavailable|bad gateway|down for maintenance|error 50\d/i,
    'an error page of the server',
  ],
];

function isPasswordField(element: Element): boolean {
  return element.tagName === 'input' && attribute(element, 'type')?.toLowerCase() === 'password';
}
