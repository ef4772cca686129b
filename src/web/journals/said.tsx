import type { FC } from 'hono/jsx';
import { textOfHtml } from '../../html.ts';
import { titleOf } from '../../phrases.ts';
import type { SaidAbout } from '../../store/people.ts';
import { frontOf } from '../handle.ts';
import { Dated } from '../parts.tsx';

/** At most this many characters of a comment stand in a list; the rest is where it was said. */
const excerpt = 280;

/** What someone said, each with what it is about. */
export const Said: FC<{ readonly comments: readonly SaidAbout[] }> = ({ comments }) => (
  <ul class="said">
    {comments.map((comment) => (
      <li>
        <p>
          <a href={`/comments/${comment.id}`}>{comment.subject?.trim() || 'A comment'}</a> on{' '}
          <a href={frontOf(comment.work, comment.work.id)}>{titleOf(comment.work)}</a>
          {comment.posted !== null && (
            <>
              {', '}
              <Dated date={comment.posted} quiet />
            </>
          )}
        </p>
        <p>{shorten(textOfHtml(comment.html))}</p>
      </li>
    ))}
  </ul>
);

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= excerpt ? line : `${line.slice(0, excerpt).replace(/\s\S*$/, '')}…`;
}
