import { attribute, byId, byTag, find, hasClass, textOf } from '../dom.ts';
import type { OpenFile } from './importer.ts';
import { explainRefusal, titleOf } from './journal/refuse.ts';
import { isPage } from './remainder.ts';
import { otherKind } from './text/kind.ts';

/** Why a file that no importer recognises is none that can be read: a few words for a report. */
export function explainUnknown(file: OpenFile): string {
  const kind = otherKind(file.text);
  if (kind !== undefined) return kind;
  if (!isPage(file)) return 'no format that Variorum reads has this shape';
  const site = siteOf(file);
  if (isTwine(file))
    return `an interactive story made with Twine, a kind that is not known here yet${named(file)}`;
  const reason = explainRefusal(file);
  if (reason === 'a sign-in page') return reason + site;
  return reason ?? `a page${site} whose layout is not known yet${named(file)}`;
}

function named(file: OpenFile): string {
  const tree = file.tree();
  const heading =
    find(tree, (e) => e.tagName === 'h2' && hasClass(e, 'title')) ?? find(tree, byTag('h1', 'h2'));
  const title = titleOf(file) || (heading === undefined ? '' : textOf(heading));
  return title === '' ? '' : `, titled “${title.slice(0, 80)}”`;
}

/** Twine 2 keeps its passages in `tw-storydata`, Twine 1 in `#storeArea`. */
function isTwine(file: OpenFile): boolean {
  const tree = file.tree();
  return find(tree, byTag('tw-storydata')) !== undefined || find(tree, byId('storeArea')) !== undefined;
}

const sites: readonly (readonly [RegExp, string])[] = [
  [/archive of our own|\barchiveofourown\.org\b/i, ' of Archive of Our Own'],
  [/livejournal/i, ' of LiveJournal'],
  [/dreamwidth/i, ' of Dreamwidth'],
  [/fanfiction\.net/i, ' of FanFiction.Net'],
];

/** The site a page names itself after, in its title, its head or its first words. */
function siteOf(file: OpenFile): string {
  const link = find(file.tree(), (e) => attribute(e, 'rel') === 'canonical');
  const address = link === undefined ? '' : (attribute(link, 'href') ?? '');
  const words = `${titleOf(file)} ${address} ${textOf(file.tree()).slice(0, 2000)}`;
  return sites.find(([name]) => name.test(words))?.[1] ?? '';
}
