import { html } from 'hono/html';
import type { FC } from 'hono/jsx';
import { isReadable } from '../../model/comment.ts';
import type { CommentView, WorkView } from '../../model/views.ts';
import { authorName, lacksZone } from '../../phrases.ts';
import { workPath } from '../handle.ts';
import { iconPath } from '../journals/icon.ts';
import { dateMark, inserted, type Markup, siglumMark } from '../parts.tsx';

interface ThreadProps {
  /** Whole threads, depth first. */
  readonly comments: readonly CommentView[];
  readonly handle: string;
  /** Whether the work is public, so that its comments have short addresses and their authors pages. */
  readonly open: boolean;
  readonly nameOf: (passage: string) => string;
  /** Whether the conversation goes on, so that comments can be answered. */
  readonly goesOn?: boolean;
  /** The depth that stands at the margin: that of the first comment when a part of a thread is shown. */
  readonly from?: number;
}

/**
 * A conversation. It is one flat list, so that no depth of answers makes the page deep; rules at the left show the
 * depth as far as there is room, and every answer names what it answers. A thread may have hundreds of comments: they
 * are made from templates, which escape as JSX does and take a quarter of its time.
 */
export const Thread: FC<ThreadProps> = (props) => {
  const authors = new Map(props.comments.map((c) => [c.id, authorOf(c)]));
  const items = props.comments.map((c) => commentItem(props, c, authors.get(c.parent ?? '')));
  return <ol class="thread">{items}</ol>;
};

/** Depths beyond this look alike; the style sheet stops earlier on a phone. */
const deepest = 9;

function commentItem(props: ThreadProps, comment: CommentView, answered: string | undefined): Markup {
  const depth = Math.min(Math.max(comment.depth - (props.from ?? 0), 0), deepest);
  const parent = depth > 0 && comment.parent !== null ? comment.parent : undefined;
  const answer =
    parent !== undefined &&
    answered !== undefined &&
    html`<p class="answer">in answer to <a href="#c-${parent}">${answered}</a></p>`;
  return html`<li class="comment depth-${depth}" id="c-${comment.id}" itemscope itemtype="https://schema.org/Comment">${head(comment, props)}${answer}${about(comment, props)}${wordsOf(comment, props)}${foot(comment, parent, props)}</li>`;
}

function head(comment: CommentView, { open }: ThreadProps): Markup {
  const name = authorOf(comment);
  const linked = open && comment.personId !== null && shows(comment);
  const sigla = comment.about.kind === 'branch' ? comment.about.sigla : [];
  return html`<p class="comment-head">${iconOf(comment)}<span class="comment-author" itemprop="author">${
    linked ? html`<a href="/people/${comment.personId}">${name}</a>` : name
  }</span>${comment.namesake === true && html`<span class="soft">not of here</span>`}${comment.byAuthor && shows(comment) && html`<span class="by-author">author</span>`}${sigla.map(
    (letter) => siglumMark(letter),
  )}${comment.posted !== null && html`<span class="comment-date">${dateMark(comment.posted, true)}${edited(comment)}</span>`}${
    comment.state === 'frozen' && html`<span class="comment-state">frozen</span>`
  }</p>`;
}

/** The picture of someone who writes here; names from elsewhere have none of their own. */
function iconOf(comment: CommentView): Markup | undefined {
  if (comment.author?.kind !== 'pseud' || comment.personId === null || !shows(comment)) return undefined;
  return html`<img class="icon icon-small" src="${iconPath(comment.personId)}" alt="" width="28" height="28" loading="lazy" decoding="async">`;
}

function edited(comment: CommentView): Markup | undefined {
  return comment.edited === null ? undefined : html`, edited ${dateMark(comment.edited, true)}`;
}

/** What of the story a comment is about, where it says so. */
function about({ about: what }: CommentView, { handle, nameOf }: ThreadProps): Markup | undefined {
  if (what.kind === 'work' || what.kind === 'branch') return undefined;
  const quote = what.kind === 'words' && html`<q>${what.quote}</q>`;
  const path = workPath(handle, `/read/${what.key}`);
  return html`<p class="comment-about">on <a href="${path}">${nameOf(what.key)}</a>${quote}</p>`;
}

const absent: Readonly<Record<string, string>> = {
  deleted: 'This comment was deleted.',
  screened: 'This comment is not shown to everyone.',
  hidden: 'This comment has been taken from view.',
  collapsed: 'The words of this comment were not on the saved page.',
};

function wordsOf(comment: CommentView, { handle }: ThreadProps): Markup {
  if (!isReadable(comment.state)) return html`<p class="absent">${absent[comment.state]}</p>`;
  const subject =
    comment.subject !== null &&
    comment.subject !== '' &&
    html`<p class="comment-subject">${comment.subject}</p>`;
  return html`<div class="comment-words" dir="auto" itemprop="text">${subject}${inserted(comment.html, handle)}</div>`;
}

function foot(comment: CommentView, parent: string | undefined, props: ThreadProps): Markup {
  const { handle, open } = props;
  const own = comment.state !== 'screened' && comment.state !== 'hidden';
  const path = commentPath(comment, handle, open);
  const answer = workPath(handle, `/comments/new?parent=${comment.id}`);
  return html`<p class="comment-foot">${
    props.goesOn === true && comment.state === 'shown' && html`<a href="${answer}">Answer</a>`
  }${own && html`<a href="${path}">Thread</a>`}${
    parent !== undefined && html`<a href="#c-${parent}">Parent</a>`
  }${comment.origin === null && own && html`<a class="for-members" href="/comments/${comment.id}/options">Options</a>`}${comment.importedFrom !== null && html`<span>came by way of ${comment.importedFrom}</span>`}</p>`;
}

/** Whose words they are; who wrote what may not be read is not said either, except where only the words are missing. */
export function authorOf(comment: CommentView): string {
  return shows(comment) ? authorName(comment.author, comment.posted) : 'A comment';
}

function shows(comment: CommentView): boolean {
  return isReadable(comment.state) || comment.state === 'collapsed';
}

/** The address of one comment: short for public works, under the secret link for all others. */
function commentPath(comment: Pick<CommentView, 'id'>, handle: string, open: boolean): string {
  return open ? `/comments/${comment.id}` : workPath(handle, `/comments/${comment.id}`);
}

/** Said once above a thread whose times have no zone, instead of beside each of them. */
export const ZoneNote: FC<{ readonly comments: readonly CommentView[] }> = ({ comments }) =>
  comments.some((c) => c.posted !== null && lacksZone(c.posted)) ? (
    <p class="zone-note">Times are as they were written; their zone is not stated.</p>
  ) : null;

/** The way to say something, where the conversation goes on; else what it is. */
export const TalkOn: FC<{
  readonly work: Pick<WorkView, 'thread' | 'comments'>;
  readonly handle: string;
}> = ({ work, handle }) => {
  if (goesOn(work)) {
    return (
      <p class="more">
        <a class="button" href={workPath(handle, '/comments/new')}>
          Say something
        </a>
      </p>
    );
  }
  return work.comments === 0 ? null : <p class="soft">This conversation can be read, not continued.</p>;
};

/** Whether a work's conversation takes comments. */
export function goesOn({ thread }: Pick<WorkView, 'thread'>): boolean {
  return thread === 'open' || thread === 'approval';
}
