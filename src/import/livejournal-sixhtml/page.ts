/**
 * A page of LiveJournal's later S2 layouts, which give each part of an entry and comment a class (livejournal
 * bin/upgrading/s2layers/<name>/layout.s2, `print_entry` and `print_comment`).
 *
 *                 words             subject               name and time                     depth
 *   sixhtml       .entry-body       h3.entry-header       .poster, .entry-footer            margin
 *                 .comment-content  h3.comment-header     .poster, .comment-footer
 *   deardiary     .entrycontent     h3.entrysubject       .entryposter, .entrytimestamp     lists in lists
 *   variableflow  .entrytext        h2.entryheading: time " - " user " - " subject          lists in lists
 *   refriedpaper  .entry-text       rows td.dateheader label, td.datecontent value          margin
 *   disjointed    td.entrybox .entrytext   td of the subject, .altposter, td of the time    margin
 *
 * Comments stand in #ljcmtNNN; collapsed ones as in other layouts. Disjointed prints the day before the month.
 */
import {
  attribute,
  closest,
  type Element,
  find,
  findAll,
  hasClass,
  isElement,
  type Parent,
} from '../../dom.ts';
import type { OpenFile } from '../importer.ts';
import type { Taken } from '../journal/chrome.ts';
import type { JournalComment, JournalPage } from '../journal/page.ts';
import {
  type CommentParts,
  depthsOf,
  isComment,
  marginOf,
  readS2Comment,
  type SubjectPart,
  subjectIn,
} from '../journal/s2-comment.ts';
import { readS2Page } from '../journal/s2-page.ts';
import { findEntries, isSubjectBox, rowValue, subjectOfHeading } from './entries.ts';

/** Whether a file has the marks of these layouts. Cheap. */
export function isPageOfSixhtml(text: string): boolean {
  return (
    /\bid\s*=\s*["']?sixapart-standard\b|\bclass\s*=\s*["']?[^"'>]*(?:\b(?:comment-footer|collapsed-comment|entry-footer|entrytimestamp|entrytimestampdate|collapsed_entry|datecontent|commentsitem|entryextra|altposter)\b(?!-)|entrybox["'][^>]*>\s*<div class=["']entrytext)/.test(
      text,
    ) && !/<span\b[^>]*\bclass\s*=\s*["']?entryheading/.test(text)
  );
}

/** Reads a page of these layouts. @throws Unreadable when it has neither an entry nor a comment. */
export function parseSixhtml(file: OpenFile): JournalPage {
  const page = readS2Page(file, {
    name: 'import/livejournal-sixhtml',
    entries: findEntries,
    comments: findComments,
  });
  const isDisjointed = find(file.tree(), (e) => e.tagName === 'td' && hasClass(e, 'necorn')) !== undefined;
  return isDisjointed ? { ...page, language: 'en-GB' } : page;
}

function findComments(root: Parent, site: string | null, taken: Taken): readonly JournalComment[] {
  const containers = findAll(root, isComment);
  const depths = depthsOf(containers.map((c) => listsAround(c) * 1000 + marginOf(c)));
  return containers.map((container, i) => {
    const id = Number(attribute(container, 'id')?.slice('ljcmt'.length));
    return readS2Comment(container, id, depths[i] ?? 0, partsOf(container), site, taken);
  });
}

function listsAround(element: Element): number {
  let lists = 0;
  for (
    let at = closest(element, isList);
    at !== undefined;
    at = at.parentNode === null || !isElement(at.parentNode) ? undefined : closest(at.parentNode, isList)
  )
    lists++;
  return lists;
}

function isList(element: Element): boolean {
  return element.tagName === 'ul' && hasClass(element, 'comments');
}

const bodies = ['comment-content', 'entrycontent', 'entry-text', 'entrytext'];

function partsOf(container: Element): CommentParts {
  const body = find(container, (e) => bodies.some((name) => hasClass(e, name)));
  if (body === undefined) return { body, subject: undefined };
  return { body, subject: subjectOf(container), before: ['metadata', 'comment-subject-icon'] };
}

function subjectOf(container: Element): SubjectPart | undefined {
  const own = find(container, (e) => hasClass(e, 'comment-header') || hasClass(e, 'entrysubject'));
  if (own !== undefined) return subjectIn(own);
  const heading = find(container, (e) => e.tagName === 'h2' && hasClass(e, 'entryheading'));
  if (heading !== undefined) return subjectOfHeading(heading);
  return subjectIn(rowValue(container, /^subject:?$/i) ?? find(container, isSubjectBox));
}
