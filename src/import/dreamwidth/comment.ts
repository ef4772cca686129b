import { attribute, closest, type Element, find, hasClass, isElement, textOf } from '../../dom.ts';
import type { CommentAuthor, CommentState } from '../../model/comment.ts';
import { type Remark, remark } from '../../model/remark.ts';
import { linksIn, numberIn } from '../journal/address.ts';
import type { Taken } from '../journal/chrome.ts';
import { type ByClass, classesOf, sortByClass } from '../journal/classes.ts';
import { authorOf, findUserTag } from '../journal/names.ts';
import type { JournalComment } from '../journal/page.ts';
import { stateOfWords, subjectOf, textsIn, wordsOf } from '../journal/words.ts';
import { subjectIn } from './entry.ts';

/** Reads one comment from its wrapper; what has no place in a comment, the reason of an edit, goes to `remarks`. */
export function readComment(
  wrapper: Element,
  site: string | null,
  taken: Taken,
  remarks: Remark[],
): JournalComment {
  const parts = sortByClass(wrapper, ['comment-content']);
  const id = idOf(wrapper);
  const content = parts.first('comment-content');
  const edit = content?.childNodes.findLast(
    (node): node is Element => isElement(node) && hasClass(node, 'edittime'),
  );
  const title = parts.first('comment-title');
  const subject = title && subjectIn(title);
  const date = parts.first('datetime');
  const stamp = date && stampIn(date);
  const body = content?.childNodes.filter((node) => node !== edit) ?? [];
  const poster = parts.first('comment-poster', 'poster');
  if (title !== undefined) taken.rule('dreamwidth: state of a comment', title);
  if (content === undefined) taken.rule('dreamwidth: line of a collapsed comment', wrapper);
  taken.add(body, subject, stamp);
  const { state, note } = stateOf(wrapper, parts, content, title);
  return {
    id,
    depth: depthOf(wrapper),
    parentId:
      parts
        .all('commentparent')
        .flatMap(linksIn)
        .map((href) => numberIn(href, 'thread'))
        .find((n) => n !== null) ?? null,
    author: poster === undefined ? null : readAuthor(poster, site, taken),
    posted: wordsOf(stamp),
    tooltip: (stamp && attribute(stamp, 'title')) || null,
    edited: edit === undefined ? null : readEdit(edit, taken, remarks),
    subject: subjectOf(wordsOf(subject)),
    body,
    state,
    stateNote: note,
    icon: iconOf(parts),
    importedFrom: importedFrom(parts, taken),
    element: wrapper,
  };
}

function idOf(wrapper: Element): number | null {
  const holder = closest(wrapper, (e) => /^cmt\d+$/.test(attribute(e, 'id') ?? ''));
  const digits = /(\d+)$/.exec((holder && attribute(holder, 'id')) ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

function depthOf(wrapper: Element): number {
  const holder = closest(wrapper, (e) => hasClass(e, 'dwexpcomment'));
  const thread = holder?.parentNode;
  const level =
    thread && 'attrs' in thread && hasClass(thread, 'comment-thread')
      ? (attribute(thread, 'data-comment-depth') ??
        classesOf(thread)
          .map((name) => /^comment-depth-(\d+)$/.exec(name)?.[1])
          .find((n) => n !== undefined))
      : undefined;
  if (level !== undefined) return Math.max(0, Number(level) - 1);
  const margin = /margin-left:\s*(\d+)px/.exec((holder && attribute(holder, 'style')) ?? '')?.[1];
  return Math.round(Number(margin ?? 0) / 25);
}

function stateOf(
  wrapper: Element,
  parts: ByClass,
  content: Element | undefined,
  title: Element | undefined,
): { readonly state: CommentState; readonly note: string | null } {
  if (hasClass(wrapper, 'deleted')) return { state: 'deleted', note: null };
  if (hasClass(wrapper, 'from-suspended')) return { state: 'hidden', note: 'reply from suspended user' };
  if (hasClass(wrapper, 'screened')) return { state: 'screened', note: null };
  const isFrozen = hasClass(wrapper, 'frozen');
  if (content === undefined) {
    const words = title === undefined && parts.first('poster') === undefined ? textOf(wrapper) : '';
    const said = stateOfWords(words);
    if (said !== undefined) return { state: said, note: words.replace(/^\((.*)\)$/, '$1') };
    return { state: 'collapsed', note: isFrozen ? 'frozen' : null };
  }
  return { state: isFrozen ? 'frozen' : 'shown', note: null };
}

/** The date itself, with its tooltip, beside the label "Date:". */
function stampIn(datetime: Element): Element | undefined {
  return find(datetime, (e) => e.tagName === 'span' && attribute(e, 'title') !== undefined) ?? datetime;
}

function readAuthor(poster: Element, site: string | null, taken: Taken): CommentAuthor | null {
  const user = findUserTag(poster);
  if (user !== undefined) {
    taken.add(user.text);
    return authorOf(user, site);
  }
  const anonymous = find(poster, (e) => hasClass(e, 'anonymous') || e.tagName === 'i');
  if (anonymous === undefined) return null;
  taken.rule('dreamwidth: anonymous', anonymous);
  return { kind: 'anonymous' };
}

/** `span.imported-from`: the name, then "(from livejournal.com)". */
function importedFrom(parts: ByClass, taken: Taken): string | null {
  const holder = parts.first('imported-from');
  const text = holder && textsIn(holder).at(-1);
  const site = /([a-z0-9.-]+\.[a-z]+)\)?\s*$/.exec(text?.value.slice(-100) ?? '')?.[1];
  if (text === undefined || site === undefined) return null;
  taken.part(text, 'dreamwidth: imported', text.value.replace(site, ''));
  return site;
}

/** "Edited (the reason) Date: 2014-05-15 08:48 pm (UTC)". */
function readEdit(edit: Element, taken: Taken, remarks: Remark[]): string | null {
  taken.rule('dreamwidth: edit note', edit);
  const datetime = find(edit, (e) => hasClass(e, 'datetime'));
  const stamp = datetime && stampIn(datetime);
  taken.add(stamp);
  const [first] = textsIn(edit);
  const reason = /\((.+)\)/s.exec(first?.value.slice(0, 500) ?? '')?.[1]?.trim();
  if (first !== undefined && reason !== undefined) {
    taken.part(first, 'dreamwidth: edit note', first.value.replace(reason, ''));
    remarks.push(
      remark('read', 'comments', `A comment was edited, and its author says why: “${reason}”.`, {
        quote: reason,
      }),
    );
  }
  return wordsOf(stamp);
}

/**
 * The keyword of the icon: the picture's title is `user: keyword (description)`, its alternative `user: description
 * (keyword)`; either may have brackets of its own, so the keyword is what both have in its place.
 */
function iconOf(parts: ByClass): string | null {
  const holder = parts.first('userpic');
  const image = holder && find(holder, (e) => e.tagName === 'img');
  const title = /^[^:]*: (.+)$/s.exec((image && attribute(image, 'title')) ?? '')?.[1] ?? '';
  const alt = ((image && attribute(image, 'alt')) ?? '').replace(/ \(Default\)$/, '');
  for (let at = alt.indexOf('('); at >= 0; at = alt.indexOf('(', at + 1)) {
    const keyword = alt.slice(at + 1, -1);
    if (alt.endsWith(')') && keyword !== '' && title.startsWith(keyword)) return keyword;
  }
  const plain = title.replace(/\s*\(Default\)/, '');
  return plain === '' || plain.startsWith('(') ? null : plain;
}
