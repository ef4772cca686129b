import { byTag, find, textOf } from '../dom.ts';
import type { OpenFile } from './importer.ts';
import { isPage } from './remainder.ts';

/** Why a file that no importer recognises is none that can be read: a few words for a report. */
export function explainUnknown(file: OpenFile): string {
  if (!isPage(file)) return 'no format that Variorum reads has this shape';
  const tree = file.tree();
  const title = textOf(find(tree, byTag('title')) ?? { nodeName: '#text', value: '', parentNode: null });
  const words = textOf(tree);
  if (
    find(
      tree,
      (e) => e.tagName === 'input' && e.attrs.some((a) => a.name === 'type' && a.value === 'password'),
    )
  ) {
    return `a sign-in page${siteIn(words, title)}`;
  }
  if (/\b404\b|not found/i.test(title)) return `an error page: "${title}"`;
  if (words === '') return 'a page without words';
  return `a page whose layout is not known${title === '' ? '' : `, titled "${title.slice(0, 80)}"`}`;
}

function siteIn(words: string, title: string): string {
  if (/archive of our own/i.test(title + words.slice(0, 2000))) return ' of Archive of Our Own';
  if (/livejournal/i.test(title + words.slice(0, 2000))) return ' of LiveJournal';
  if (/dreamwidth/i.test(title + words.slice(0, 2000))) return ' of Dreamwidth';
  return '';
}
