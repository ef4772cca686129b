import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { CommentView, Page as Run, WorkView } from '../../model/views.ts';
import { isMature } from '../../model/work.ts';
import { count, titleOf } from '../../phrases.ts';
import { getComment, listSubthread, listThread, threadPageOf } from '../../store/talk/comments.ts';
import { type Archive, makePage, type Page, render } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { frontOf, isPublic, type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { More, Siglum } from '../parts.tsx';
import { tell } from '../reading/story.ts';
import { authorOf, goesOn, TalkOn, Thread, ZoneNote } from './thread.tsx';

const threadsPerPage = 25;

/** `GET /works/:handle/comments?after=&about=&order=newest`: the conversation about a work, a page of whole threads at a time. */
export const threadPage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const about = readAbout(opened.work, c.req.query('about'));
  const newest = c.req.query('order') === 'newest';
  const after = c.req.query('after') ?? null;
  const made = await opened.page(`thread ${about ?? ''} ${newest} ${after ?? ''}`, async () => {
    const page = await listThread(archive.store, opened.work.id, {
      after,
      limit: threadsPerPage,
      newest,
      ...(about === undefined ? {} : { about }),
    });
    return makePage(<ThreadPage {...{ archive, opened, page, about, newest }} first={after === null} />);
  });
  return render(c, made, { cache: opened.cache });
};

/** A siglum of the work, or undefined for everything else an address may say. */
function readAbout(work: WorkView, about: string | undefined): string | undefined {
  return work.variantSets.flatMap((set) => set.branches).find((b) => b.siglum === about)?.siglum;
}

interface ThreadPageProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly page: Run<CommentView>;
  readonly about: string | undefined;
  /** Whether the last thread comes first. */
  readonly newest: boolean;
  /** Whether this is where the conversation begins. */
  readonly first: boolean;
}

const ThreadPage: FC<ThreadPageProps> = ({ archive, opened, page, about, newest, first }) => {
  const { work, handle } = opened;
  const filtered = threadPath(handle, about, newest);
  return (
    <Layout
      archive={archive}
      title={`Comments on ${titleOf(work)}`}
      path={first && about === undefined && !newest ? workPath(work.id, '/comments') : undefined}
      noindex={opened.cache === 'private' || about !== undefined || newest}
      here="works"
      mature={work.kind === 'story' && isMature(work.header)}
    >
      <div class="page">
        <WorkCrumb opened={opened} />
        <div class="thread-head">
          <h1>{count(work.comments, 'comment')}</h1>
          <AboutLinks opened={opened} about={about} newest={newest} />
        </div>
        {work.comments > 1 && <OrderLinks handle={handle} about={about} newest={newest} />}
        <ZoneNote comments={page.items} />
        {page.items.length === 0 ? (
          <p class="empty">{emptyWords(work, about)}</p>
        ) : (
          <Thread
            comments={page.items}
            handle={handle}
            open={isPublic(work)}
            nameOf={tell(work).nameOf}
            goesOn={goesOn(work)}
          />
        )}
        {page.next === null && <TalkOn work={work} handle={handle} />}
        {!first && (
          <p class="more">
            <a class="button" href={filtered}>
              Back to the beginning
            </a>
          </p>
        )}
        <More path={filtered} next={page.next}>
          Read on in the conversation
        </More>
      </div>
    </Layout>
  );
};

/** The address of the first page of a conversation, filtered and ordered. */
function threadPath(handle: string, about: string | undefined, newest: boolean): string {
  const query = [about === undefined ? '' : `about=${about}`, newest ? 'order=newest' : ''].filter(
    (q) => q !== '',
  );
  return workPath(handle, `/comments${query.length === 0 ? '' : `?${query.join('&')}`}`);
}

/** From which end one reads; answers follow what they answer either way. */
const OrderLinks: FC<{
  readonly handle: string;
  readonly about: string | undefined;
  readonly newest: boolean;
}> = ({ handle, about, newest }) => (
  <p class="facts thread-order">
    <span>
      <a href={threadPath(handle, about, false)} aria-current={newest ? undefined : 'true'}>
        Oldest first
      </a>
    </span>
    <span>
      <a href={threadPath(handle, about, true)} aria-current={newest ? 'true' : undefined}>
        Newest first
      </a>
    </span>
  </p>
);

function emptyWords(work: WorkView, about: string | undefined): string {
  return about === undefined || work.comments === 0
    ? 'No one has said anything yet.'
    : `No comment says that it is about ${about}.`;
}

/** The name of the work a page belongs to, and the way back to it. */
const WorkCrumb: FC<{ readonly opened: OpenedWork }> = ({ opened: { work, handle } }) => (
  <p class="crumb">
    <a href={frontOf(work, handle)}>{titleOf(work)}</a>
  </p>
);

/** Ways to read only what was said about one variant. */
export const AboutLinks: FC<{
  readonly opened: OpenedWork;
  readonly about?: string | undefined;
  readonly newest?: boolean;
}> = (props) => {
  const { work, handle } = props.opened;
  const sigla = [...new Set(work.variantSets.flatMap((set) => set.branches.map((b) => b.siglum)))];
  if (sigla.length === 0 || work.comments === 0) return null;
  const newest = props.newest === true;
  return (
    <p class="about-links">
      {props.about !== undefined && <a href={threadPath(handle, undefined, newest)}>All</a>}
      <span>Only about</span>
      {sigla.map((letter) => (
        <a
          class="about-siglum"
          href={threadPath(handle, letter, newest)}
          aria-current={props.about === letter ? 'true' : undefined}
          aria-label={`Only about ${letter}`}
        >
          <Siglum letter={letter} />
        </a>
      ))}
    </p>
  );
};

/** `GET /comments/:id` and, for works that are not public, `/works/:handle/comments/:id`: a comment and its answers. */
export const commentPage: Page = (archive) => async (c) => {
  const comment = await getComment(archive.store, c.req.param('id') ?? '');
  const opened = openedWork(c);
  if (opened.work.id !== comment.workId) throw new NotFound(`store: the work has no comment "${comment.id}"`);
  const [comments, parent, after] = await Promise.all([
    listSubthread(archive.store, comment.id),
    comment.parent === null ? undefined : findReadable(archive, comment.parent),
    threadPageOf(archive.store, comment.id),
  ]);
  const props = { archive, opened, comment, comments, parent, after };
  return render(c, <CommentPage {...props} />, { cache: opened.cache });
};

/** A comment, unless it may not be read. */
async function findReadable(archive: Archive, id: string): Promise<CommentView | undefined> {
  try {
    return await getComment(archive.store, id);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

interface CommentPageProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly comment: CommentView;
  /** The comment and all answers to it. */
  readonly comments: readonly CommentView[];
  readonly parent: CommentView | undefined;
  /** The key of the page of the conversation on which it stands. */
  readonly after: string | null;
}

const CommentPage: FC<CommentPageProps> = ({ archive, opened, comment, comments, parent, after }) => {
  const { work, handle } = opened;
  const query = after === null ? '' : `?after=${encodeURIComponent(after)}`;
  return (
    <Layout
      archive={archive}
      title={`A comment on ${titleOf(work)}`}
      path={`/comments/${comment.id}`}
      noindex={opened.cache === 'private'}
      here="works"
      mature={work.kind === 'story' && isMature(work.header)}
    >
      <div class="page">
        <WorkCrumb opened={opened} />
        <h1>{comments.length > 1 ? 'A comment and its answers' : 'A comment'}</h1>
        <p class="facts">
          {parent !== undefined && (
            <span>
              <a
                href={isPublic(work) ? `/comments/${parent.id}` : workPath(handle, `/comments/${parent.id}`)}
              >
                In answer to {authorOf(parent)}
              </a>
            </span>
          )}
          <span>
            <a href={`${workPath(handle, '/comments')}${query}#c-${comment.id}`}>In the whole conversation</a>
          </span>
        </p>
        <ZoneNote comments={comments} />
        <Thread
          comments={comments}
          handle={handle}
          open={isPublic(work)}
          nameOf={tell(work).nameOf}
          from={comment.depth}
          goesOn={goesOn(work)}
        />
      </div>
    </Layout>
  );
};
