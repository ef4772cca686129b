import { attribute, closest, type Element, hasClass, isElement, type Node, textOf } from '../../dom.ts';
import type { CommentAuthor, CommentState } from '../../model/comment.ts';
import { linksIn, numberIn } from '../journal/address.ts';
import type { Taken } from '../journal/chrome.ts';
import { type ByClass, classesOf, sortByClass } from '../journal/classes.ts';
import { authorOf, findUserTag } from '../journal/names.ts';
import type { JournalComment } from '../journal/page.ts';
import { dateInNote, stateOfWords, subjectOf, textsIn, wordsOf } from '../journal/words.ts';

/** Reads one leaf of the tree; undefined for a line that stands for comments which are not in the page. */
export function readLeaf(leaf: Element, site: string | null, taken: Taken): JournalComment | undefined {
  if (hasClass(leaf, 'b-leaf-seemore')) return undefined;
  const parts = sortByClass(leaf, ['b-leaf-article']);
  const id = Number(/^t(\d+)$/.exec(attribute(leaf, 'id') ?? '')?.[1] ?? Number.NaN);
  const article = parts.first('b-leaf-article');
  const subject = parts.first('b-leaf-subject') ?? article?.childNodes.find(isSubject);
  const name = parts.first('b-leaf-username-name', 'b-leaf-username');
  const date = parts.first('b-leaf-createdtime');
  const edited = parts.first('b-leaf-editedtime', 'b-leaf-edittime');
  const { state, note } = stateOf(leaf, parts);
  const placeholder = article === undefined && name === undefined ? textsIn(leaf) : [];
  taken.rule('livejournal: state of a comment', placeholder);
  if (Number.isNaN(id) && placeholder.length === 0 && article === undefined) return undefined;
  const body = article?.childNodes.filter((node) => node !== subject) ?? [];
  taken.add(body, subject, date);
  return {
    id: Number.isNaN(id) ? null : id,
    depth: depthOf(leaf),
    parentId: parentOf(parts, id),
    author: name === undefined ? null : authorIn(leaf, name, site, taken),
    posted: wordsOf(date),
    ...instantOf(leaf),
    tooltip: null,
    edited: edited === undefined ? null : readEdited(edited, taken),
    subject: subjectOf(wordsOf(subject)),
    body,
    state,
    stateNote: note,
    icon: iconOf(parts),
    importedFrom: null,
    element: leaf,
  };
}

/** The subject stood within the article for a while. */
function isSubject(node: Node): node is Element {
  return isElement(node) && node.tagName === 'h4' && hasClass(node, 'b-leaf-subject');
}

function depthOf(leaf: Element): number {
  const twig = closest(leaf, (e) => hasClass(e, 'b-tree-twig'));
  const numbered = twig && classesOf(twig).map((name) => /^b-tree-twig-(\d+)$/.exec(name)?.[1]);
  const level = numbered?.find((digits) => digits !== undefined);
  if (level !== undefined) return Math.max(0, Number(level) - 1);
  const margin = /margin-left:\s*(\d+)px/.exec((twig && attribute(twig, 'style')) ?? '')?.[1];
  return Math.round(Number(margin ?? 0) / 30);
}

function stateOf(
  leaf: Element,
  parts: ByClass,
): { readonly state: CommentState; readonly note: string | null } {
  const article = parts.first('b-leaf-article');
  if (article === undefined && parts.first('b-leaf-username') === undefined) {
    const words = textOf(leaf).replace(/^\((.*)\)$/, '$1');
    return {
      state: stateOfWords(words) ?? stateOfClass(leaf) ?? 'hidden',
      note: words === '' ? null : words,
    };
  }
  const ofClass = stateOfClass(leaf);
  if (ofClass !== undefined) return { state: ofClass, note: null };
  if (article === undefined || (hasClass(leaf, 'b-leaf-collapsed') && textOf(article) === '')) {
    return { state: 'collapsed', note: null };
  }
  const frozen = parts.first('b-leaf-actions-frozen') !== undefined;
  return { state: frozen ? 'frozen' : 'shown', note: null };
}

function stateOfClass(leaf: Element): CommentState | undefined {
  if (hasClass(leaf, 'b-leaf-screened')) return 'screened';
  if (hasClass(leaf, 'b-leaf-deleted')) return 'deleted';
  if (hasClass(leaf, 'b-leaf-suspended')) return 'hidden';
  return hasClass(leaf, 'b-leaf-frozen') ? 'frozen' : undefined;
}

function parentOf(parts: ByClass, id: number): number | null {
  const links = parts.all('b-leaf-actions-parent').flatMap(linksIn);
  return (
    links.map((href) => numberIn(href, 'thread')).find((thread) => thread !== null && thread !== id) ?? null
  );
}

function authorIn(leaf: Element, name: Element, site: string | null, taken: Taken): CommentAuthor | null {
  const user = findUserTag(name);
  if (user !== undefined) {
    taken.add(user.text);
    return authorOf(user, site);
  }
  const deleted = textsIn(name).find((text) => /:\s*[\w.-]+\)?\s*$/.test(text.value));
  if (deleted !== undefined) {
    const gone = /:\s*([\w.-]+)\)?\s*$/.exec(deleted.value)?.[1] ?? '';
    taken.part(deleted, 'livejournal: deleted user', deleted.value.replace(gone, ''));
    return { kind: 'imported', name: gone, site };
  }
  const words = textOf(name);
  const username = attribute(leaf, 'data-username');
  if (username === '' || /^\(.*\)$/.test(words)) {
    taken.rule('livejournal: anonymous', name);
    return { kind: 'anonymous' };
  }
  if (words === '') return null;
  taken.add(textsIn(name));
  return { kind: 'imported', name: words, site };
}

/** `data-updated-ts` is the second of posting, in Unix time. */
function instantOf(leaf: Element): { readonly instant?: string } {
  const seconds = /^\d{9,10}$/.exec(attribute(leaf, 'data-updated-ts') ?? '')?.[0];
  if (seconds === undefined) return {};
  return { instant: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}

function readEdited(element: Element, taken: Taken): string | null {
  const note = textOf(element);
  const date = dateInNote(note);
  const text = textsIn(element).find((node) => date !== null && node.value.includes(date));
  if (date === null || text === undefined) return null;
  taken.rule('livejournal: edit note', element);
  taken.part(text, 'livejournal: edit note', text.value.replace(date, ''));
  return date;
}

/** The title of a userpic is `name: keyword`; `name: pic#123` is a picture without one. */
function iconOf(parts: ByClass): string | null {
  const inner = parts.first('b-leaf-userpic-inner');
  const image = inner?.childNodes.find((node) => isElement(node) && node.tagName === 'img');
  const title = image !== undefined && isElement(image) ? attribute(image, 'title') : undefined;
  const keyword = /^[^:]*: (.+)$/.exec(title ?? '')?.[1];
  return keyword === undefined || /^pic#\d+$/.test(keyword) ? null : keyword;
}
