import type { FC } from 'hono/jsx';
import type { Passage } from '../../model/state.ts';
import type { CommentView, Page as Run } from '../../model/views.ts';
import { count } from '../../phrases.ts';
import { listThread } from '../../store/talk/comments.ts';
import type { Archive } from '../archive.ts';
import { isPublic, type OpenedWork, workPath } from '../handle.ts';
import { inserted, type Markup } from '../parts.tsx';
import type { Piece } from '../serving/kept.ts';
import { AboutLinks } from '../talking/comments.tsx';
import { goesOn, TalkOn, Thread, ZoneNote } from '../talking/thread.tsx';
import { AfterBranch } from './fork.tsx';
import type { Told } from './story.ts';

/** How many threads stand under an ending, and how many comments at most. */
const threadsShown = 10;
const commentsShown = 60;

/** Whether a reading may stop at a passage. */
export function stops(told: Told, passage: Passage): boolean {
  return passage.ending || told.graph.onward(passage.key).kind === 'end';
}

/** The beginning of the conversation, as it stands under an ending, kept; undefined where there is none. */
export async function talkPiece(
  archive: Archive,
  opened: OpenedWork,
  told: Told,
): Promise<Piece | undefined> {
  const { work } = opened;
  if (work.comments === 0 && !goesOn(work)) return undefined;
  return opened.piece('talk', async () => {
    const thread = await listThread(archive.store, work.id, { limit: threadsShown });
    return <Talk {...{ opened, told, thread }} />;
  });
}

interface AfterProps {
  readonly opened: OpenedWork;
  readonly told: Told;
  readonly passage: Passage;
  /** The address of a passage. */
  readonly to: (key: string) => string;
  readonly talk: Markup | undefined;
  /** Where a writer tries her story out nobody is asked what she prefers. */
  readonly rehearsal?: Markup | undefined;
}

/** After an ending: what the author said then, the other endings, the question, the conversation. */
export const After: FC<AfterProps> = (props) => {
  const { opened, told, passage, rehearsal } = props;
  const { work, handle } = opened;
  const sets = told.graph.branchesOf(passage.key);
  // Whoever goes on from an ending begins anew: what she remembers does not go with her.
  const to = (key: string): string => props.to(key).replace(/\?.*/, '');
  return (
    <>
      {work.header.endnotes !== null && (
        <aside class="notes" aria-label="Notes after the story" lang={work.header.language ?? undefined}>
          {inserted(work.header.endnotes, handle)}
        </aside>
      )}
      {sets.map(({ set, siglum }) => (
        <AfterBranch
          {...{ opened, told, set, siglum, to }}
          here={to(passage.key)}
          asks={rehearsal === undefined}
        />
      ))}
      {sets.length === 0 && <OtherEndings {...props} to={to} />}
      {props.talk}
    </>
  );
};

/** The endings choices lead to, named only when the reader asks. */
const OtherEndings: FC<AfterProps> = ({ opened: { work }, told, passage, to }) => {
  const endings = work.entries.filter((e) => e.ending && e.key !== passage.key);
  if (endings.length === 0) return null;
  return (
    <details class="card endings">
      <summary>This story has {count(endings.length, 'other ending')}</summary>
      <ul>
        {endings.map((entry) => (
          <li>
            <a href={to(entry.key)}>{told.nameOf(entry.key)}</a>{' '}
            <span data-read={`${work.id}/${entry.key}`}>{count(entry.words, 'word')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
};

/** The beginning of the conversation. */
const Talk: FC<{
  readonly opened: OpenedWork;
  readonly told: Told;
  readonly thread: Run<CommentView>;
}> = ({ opened, told, thread }) => {
  const { work, handle } = opened;
  const shown = thread.items.slice(0, commentsShown);
  return (
    <section class="talk" aria-labelledby="talk">
      <div class="thread-head">
        <h2 id="talk">
          {work.comments === 0 ? 'Nobody has said anything yet' : count(work.comments, 'comment')}
        </h2>
        <AboutLinks opened={opened} />
      </div>
      <ZoneNote comments={shown} />
      <Thread
        comments={shown}
        handle={handle}
        open={isPublic(work)}
        nameOf={told.nameOf}
        goesOn={goesOn(work)}
      />
      <TalkOn work={work} handle={handle} />
      {(thread.next !== null || shown.length < thread.items.length) && (
        <p class="more">
          <a class="button" href={workPath(handle, '/comments')}>
            Read the whole conversation
          </a>
        </p>
      )}
    </section>
  );
};
