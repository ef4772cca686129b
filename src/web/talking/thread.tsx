import { raw } from 'hono/html';
import type { FC } from 'hono/jsx';
import { isReadable } from '../../model/comment.ts';
import type { CommentView } from '../../model/views.ts';
import { workPath } from '../handle.ts';
import { Dated, Siglum } from '../parts.tsx';
import { authorName } from '../words.ts';

interface ThreadProps {
  /** Whole threads, depth first. */
  readonly comments: readonly CommentView[];
  readonly handle: string;
  /** Whether the work is public, so that its comments have short addresses. */
  readonly open: boolean;
  readonly nameOf: (passage: string) => string;
  /** The depth that stands at the margin: that of the first comment when a part of a thread is shown. */
  readonly from?: number;
}

/**
 * A conversation. It is one flat list, so that no depth of answers makes the page deep; rules at the left show the
 * depth as far as there is room, and every answer names what it answers.
 */
export const Thread: FC<ThreadProps> = (props) => {
  const authors = new Map(props.comments.map((c) => [c.id, authorOf(c)]));
  return (
    <ol class="thread">
      {props.comments.map((comment) => (
        <ThreadComment {...props} comment={comment} answered={authors.get(comment.parent ?? '')} />
      ))}
    </ol>
  );
};

/** Depths beyond this look alike; the style sheet stops earlier on a phone. */
const deepest = 9;

const ThreadComment: FC<
  ThreadProps & { readonly comment: CommentView; readonly answered: string | undefined }
> = (props) => {
  const { comment, answered, handle, open, from = 0 } = props;
  const depth = Math.min(Math.max(comment.depth - from, 0), deepest);
  const address = commentPath(comment, handle, open);
  return (
    <li
      class={`comment depth-${depth}`}
      id={`c-${comment.id}`}
      itemprop="comment"
      itemscope
      itemtype="https://schema.org/Comment"
    >
      <CommentHead comment={comment} />
      {answered !== undefined && comment.parent !== null && depth > 0 && (
        <p class="answer">
          in answer to <a href={`#c-${comment.parent}`}>{answered}</a>
        </p>
      )}
      <CommentAbout {...props} />
      <CommentWords comment={comment} />
      <p class="comment-foot">
        {comment.state !== 'screened' && comment.state !== 'hidden' && <a href={address}>Thread</a>}
        {comment.parent !== null && depth > 0 && <a href={`#c-${comment.parent}`}>Parent</a>}
        {comment.importedFrom !== null && <span>came by way of {comment.importedFrom}</span>}
      </p>
    </li>
  );
};

const CommentHead: FC<{ readonly comment: CommentView }> = ({ comment }) => (
  <p class="comment-head">
    <span class="comment-author" itemprop="author">
      {comment.personId !== null && shows(comment) ? (
        <a href={`/people/${comment.personId}`}>{authorOf(comment)}</a>
      ) : (
        authorOf(comment)
      )}
    </span>
    {comment.byAuthor && shows(comment) && <span class="by-author">author</span>}
    {comment.about.kind === 'branch' && comment.about.sigla.map((letter) => <Siglum letter={letter} />)}
    {comment.posted !== null && (
      <span class="comment-date">
        <Dated date={comment.posted} quiet />
        {comment.edited !== null && (
          <>
            , edited <Dated date={comment.edited} quiet />
          </>
        )}
      </span>
    )}
    {comment.state === 'frozen' && <span class="comment-state">frozen</span>}
  </p>
);

/** What of the story a comment is about, where it says so. */
const CommentAbout: FC<ThreadProps & { readonly comment: CommentView }> = ({ comment, handle, nameOf }) => {
  const { about } = comment;
  if (about.kind === 'work' || about.kind === 'branch') return null;
  return (
    <p class="comment-about">
      on <a href={workPath(handle, `/read/${about.key}`)}>{nameOf(about.key)}</a>
      {about.kind === 'words' && <q>{about.quote}</q>}
    </p>
  );
};

const absent: Readonly<Record<string, string>> = {
  deleted: 'This comment was deleted.',
  screened: 'This comment is not shown to everyone.',
  hidden: 'This comment has been taken from view.',
  collapsed: 'The words of this comment were not on the saved page.',
};

const CommentWords: FC<{ readonly comment: CommentView }> = ({ comment }) => {
  if (!isReadable(comment.state)) return <p class="absent">{absent[comment.state]}</p>;
  return (
    <div class="comment-words" itemprop="text">
      {comment.subject !== null && comment.subject !== '' && <p class="comment-subject">{comment.subject}</p>}
      {raw(comment.html)}
    </div>
  );
};

/** Whose words they are; who wrote what may not be read is not said either, except where only the words are missing. */
export function authorOf(comment: CommentView): string {
  return shows(comment) ? authorName(comment.author, comment.posted) : 'A comment';
}

function shows(comment: CommentView): boolean {
  return isReadable(comment.state) || comment.state === 'collapsed';
}

/** The address of one comment: short for public works, under the secret link for all others. */
export function commentPath(comment: Pick<CommentView, 'id'>, handle: string, open: boolean): string {
  return open ? `/comments/${comment.id}` : workPath(handle, `/comments/${comment.id}`);
}

/** Said once above a thread whose times have no zone, instead of beside each of them. */
export const ZoneNote: FC<{ readonly comments: readonly CommentView[] }> = ({ comments }) =>
  comments.some((c) => c.posted !== null && c.posted.zone === null && c.posted.instant === null) ? (
    <p class="zone-note">Times are as they were written; their zone is not stated.</p>
  ) : null;
