import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import { isOffered, type Journey, travel } from '../../model/graph/graph.ts';
import type { Passage } from '../../model/state.ts';
import { isMature } from '../../model/work.ts';
import { count, titleOf } from '../../phrases.ts';
import { type Archive, keepingHeaders, makePage, type Page, render } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { isPublic, type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { Byline, inserted, type Markup, Siglum, Warnings } from '../parts.tsx';
import { After, stops, talkPiece } from './after.tsx';
import { Fork } from './fork.tsx';
import { movedTo } from './moved.ts';
import { journeyQuery, readJourney, type Told, tell } from './story.ts';
import { textPiece } from './text.tsx';

/** `GET /works/:handle/read/:passage`: one passage, and the ways on from it; after an ending the conversation. */
export const passagePage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const told = tell(opened.work);
  const key = c.req.param('passage') ?? '';
  const passage = told.graph.passage(key);
  const entry = opened.work.entries.find((e) => e.key === key);
  if (passage === undefined || entry === undefined) {
    // An address once published works for ever: passages are joined, split and taken out.
    const moved = await movedTo(archive, opened.work, key);
    if (moved !== undefined) {
      for (const [name, text] of Object.entries(keepingHeaders(opened.cache))) c.header(name, text);
      return c.redirect(workPath(opened.handle, moved === null ? '' : `/read/${moved}`), 302);
    }
    throw new NotFound(
      `web: "${titleOf(opened.work)}" has no part with the address ${JSON.stringify(key.slice(0, 80))}`,
    );
  }
  const journey = travel(readJourney(told, new URL(c.req.url)), passage);
  const query = journeyQuery(told, journey);
  const to = (next: string): string => workPath(opened.handle, `/read/${next}${query}`);
  const make = async () => {
    const text = await textPiece(archive, opened, entry);
    const talk = stops(told, passage) ? await talkPiece(archive, opened, told) : undefined;
    const props = { archive, opened, told, passage, journey, to };
    const page = <PassagePage {...props} text={text.mark} talk={talk?.mark} />;
    return makePage(page, talk === undefined ? [text] : [text, talk]);
  };
  // There may be too many journeys to keep a page for each.
  const page = told.conditional ? make() : opened.page(`read ${key}`, make);
  return render(c, await page, { cache: opened.cache });
};

interface PassageProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly told: Told;
  readonly passage: Passage;
  /** The reader's, this passage included. */
  readonly journey: Journey;
  /** The address of a passage that is read after this one. */
  readonly to: (key: string) => string;
  readonly text: Markup;
  readonly talk: Markup | undefined;
  /**
   * What stands before a passage that its writer tries out. Nothing is counted or kept then: no place, no verdict, no
   * conversation.
   */
  readonly rehearsal?: Markup | undefined;
  /** The only way out for one who reads no other page of it: where the title leads. */
  readonly front?: string | undefined;
}

/** The page itself. */
export const PassagePage: FC<PassageProps> = (props) => {
  const { archive, opened, told, passage, text, rehearsal } = props;
  const { work } = opened;
  const isRead = rehearsal === undefined;
  const alone = told.untitled === passage.key;
  const name = alone ? titleOf(work) : told.nameOf(passage.key);
  const lang = work.header.language ?? undefined;
  const first = told.graph.start === passage.key;
  return (
    <Layout
      archive={archive}
      title={alone ? name : `${name} · ${titleOf(work)}`}
      path={workPath(work.id, `/read/${passage.key}`)}
      here={isRead ? 'works' : 'studio'}
      studio={!isRead}
      kind="article"
      noindex={opened.cache === 'private'}
      mature={isMature(work.header)}
    >
      <div class="page reading">
        {rehearsal}
        <ReadingHead opened={opened} told={told} passage={passage} front={props.front} />
        <article itemscope itemtype="https://schema.org/CreativeWork">
          <header>
            <h1 itemprop="name" lang={lang}>
              {name}
            </h1>
            <Byline people={work.creators} authorsOnly={!first} plain={!isPublic(work)} />
            <p class="warning-line">
              <Warnings header={work.header} />
            </p>
          </header>
          {first && <Before opened={opened} />}
          <div class="text" itemprop="text" lang={lang} dir="auto" {...(isRead ? placeOf(props, name) : {})}>
            {text}
          </div>
        </article>
        <Onward {...props} />
        <BackLinks {...props} />
        {stops(told, passage) ? <After {...props} /> : isRead && <TalkLink opened={opened} />}
      </div>
    </Layout>
  );
};

/** What the reader's script keeps of where she is. */
function placeOf({ opened: { work }, told, passage }: PassageProps, name: string) {
  return {
    'data-work': work.id,
    'data-title': titleOf(work),
    'data-passage': passage.key,
    'data-name': name,
    'data-ending': stops(told, passage) ? '' : undefined,
  };
}

/** Where one is, and the tools: settings, contents, the book. */
const ReadingHead: FC<Pick<PassageProps, 'opened' | 'told' | 'passage' | 'front'>> = (props) => {
  const { opened, told, passage, front } = props;
  const { work, handle } = opened;
  const linear = work.variantSets.length === 0 && work.choices.length === 0;
  const alone = work.entries.length === 1;
  const at = work.entries.findIndex((e) => e.key === passage.key) + 1;
  return (
    <div class="reading-head">
      <p class="crumb">
        <a href={front ?? workPath(handle)}>
          {told.untitled === passage.key ? 'About this work' : titleOf(work)}
        </a>
        {work.header.series?.name != null && <span>{work.header.series.name}</span>}
        {told.graph.branchesOf(passage.key).map(({ siglum }) => (
          <Siglum letter={siglum} />
        ))}
      </p>
      <p class="facts">
        {linear && !alone && (
          <span>
            Part {at} of {work.entries.length}
          </span>
        )}
        <span>
          <a href="/settings" aria-label="Reading settings">
            Aa
          </a>
        </span>
        {!alone && front === undefined && (
          <span>
            <a href={workPath(handle)}>Contents</a>
          </span>
        )}
        {front === undefined && (
          <span>
            <a href={workPath(handle, '.epub')} rel="nofollow" download="">
              EPUB
            </a>
          </span>
        )}
      </p>
    </div>
  );
};

/** What the author said before the story. */
const Before: FC<{ readonly opened: OpenedWork }> = ({ opened: { work, handle } }) => {
  const { notes, disclaimer, language } = work.header;
  if (notes === null && disclaimer === null) return null;
  return (
    <aside class="notes" aria-label="Notes before the story" lang={language ?? undefined}>
      {disclaimer !== null && inserted(disclaimer, handle)}
      {notes !== null && inserted(notes, handle)}
    </aside>
  );
};

const Onward: FC<PassageProps> = ({ opened, told, passage, journey, to }) => {
  const onward = told.graph.onward(passage.key);
  if (onward.kind === 'divides') return <Fork opened={opened} told={told} set={onward.set} to={to} />;
  if (onward.kind === 'next') {
    return (
      <nav class="onward" aria-label="Onward">
        <a class="button button-main" rel="next" href={to(onward.to)}>
          Read on: {told.nameOf(onward.to)}
        </a>
      </nav>
    );
  }
  if (onward.kind === 'end') return null;
  const offered = onward.choices.filter((choice) => isOffered(choice, journey));
  return (
    <nav class="onward" aria-label="Onward">
      {offered.length > 1 && <h2>Which way?</h2>}
      {offered.length === 0 && <p class="soft">No way leads on from here on the path you took.</p>}
      <ul class="choices">
        {offered.map((choice) => (
          <li>
            <a class="choice" href={to(choice.to)}>
              {choice.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** The ways back: to what leads here, where only one passage does, and to the contents. */
const BackLinks: FC<PassageProps> = ({ opened, told, passage, journey, to, rehearsal }) => {
  const leaders = told.graph.leaders(passage.key);
  const [leader] = leaders;
  return (
    <p class="facts back">
      {leader !== undefined && leaders.length === 1 && !told.conditional && (
        <span>
          <a rel="prev" href={to(leader)}>
            ← {told.nameOf(leader)}
          </a>
        </span>
      )}
      {told.conditional && journey.visited.length > 1 && (
        <span>
          <a href={to(told.graph.start ?? '').replace(/\?.*/, '')}>Begin again</a>
        </span>
      )}
      {rehearsal === undefined && (
        <span>
          <a href={workPath(opened.handle)}>Contents</a>
        </span>
      )}
    </p>
  );
};

/** Before the end the conversation is only pointed to: it may say how the story goes on. */
const TalkLink: FC<{ readonly opened: OpenedWork }> = ({ opened: { work, handle } }) =>
  work.comments === 0 ? null : (
    <p class="talk-link">
      <a href={workPath(handle, '/comments')}>{count(work.comments, 'comment')}</a> by readers; they may tell
      how it goes on.
    </p>
  );
