import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import { titleOf } from '../../phrases.ts';
import { type Archive, makePage, type Page, render } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { isPublic, notePath, type OpenedWork } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { Byline, Dated, type Markup } from '../parts.tsx';
import { talkPiece } from '../reading/after.tsx';
import { tell } from '../reading/story.ts';
import { textPiece } from '../reading/text.tsx';

/** `GET /notes/:handle`: a note, and the conversation about it. @throws NotFound for what is no note */
export const notePage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const { work } = opened;
  const [entry] = work.entries;
  if (work.kind !== 'note' || entry === undefined)
    throw new NotFound(`web: no note has the address ${JSON.stringify(work.id)}`);
  const made = await opened.page('note', async () => {
    const text = await textPiece(archive, opened, entry);
    const talk = await talkPiece(archive, opened, tell(work));
    const page = <NotePage {...{ archive, opened }} text={text.mark} talk={talk?.mark} />;
    return makePage(page, talk === undefined ? [text] : [text, talk]);
  });
  return render(c, made, { cache: opened.cache });
};

interface NoteProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly text: Markup;
  readonly talk: Markup | undefined;
}

const NotePage: FC<NoteProps> = ({ archive, opened, text, talk }) => {
  const { work } = opened;
  const lang = work.header.language ?? undefined;
  const author = work.creators.find(({ role }) => role === 'author');
  return (
    <Layout
      archive={archive}
      title={titleOf(work)}
      path={notePath(work.id)}
      here="people"
      kind="article"
      noindex={opened.cache === 'private'}
      feed={author === undefined || !isPublic(work) ? undefined : author}
    >
      <div class="page reading">
        {!isPublic(work) && <NotForAll opened={opened} />}
        {author !== undefined && isPublic(work) && (
          <p class="crumb">
            <a href={`/people/${author.id}`}>The journal of {author.name}</a>
          </p>
        )}
        <article class="note" itemscope itemtype="https://schema.org/BlogPosting">
          <header>
            <h1 itemprop="headline" lang={lang}>
              {titleOf(work)}
            </h1>
            <Byline people={work.creators} plain={!isPublic(work)} />
            <NoteDates opened={opened} />
          </header>
          <div class="text" itemprop="articleBody" lang={lang} dir="auto">
            {text}
          </div>
        </article>
        {talk}
      </div>
    </Layout>
  );
};

const NotForAll: FC<{ readonly opened: OpenedWork }> = ({ opened: { work } }) => (
  <p class="card unpublished">
    <strong>{work.stage === 'published' ? 'Not for everyone.' : 'Not published.'}</strong>{' '}
    {work.audience === 'members' && work.stage === 'published'
      ? 'Only people who are signed in can read this note.'
      : 'Only those who have its secret link can see this page; no search engine is told of it.'}
  </p>
);

/** The date it bears and, where that is another, when it came here. */
const NoteDates: FC<{ readonly opened: OpenedWork }> = ({ opened: { work } }) => {
  const { posted } = work.header;
  const at = work.publishedAt;
  return (
    <p class="facts">
      {posted !== null && (
        <span itemprop="datePublished" content={posted.instant ?? posted.local ?? undefined}>
          <Dated date={posted} />
        </span>
      )}
      {at !== null && (posted === null || posted.local?.slice(0, 10) !== at.slice(0, 10)) && (
        <span>
          {posted !== null && 'here since '}
          <Dated
            date={{ written: null, local: at.slice(0, 10), instant: at, zone: 'UTC', precision: 'day' }}
          />
        </span>
      )}
    </p>
  );
};
