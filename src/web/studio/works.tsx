import type { FC } from 'hono/jsx';
import { may } from '../../model/person.ts';
import type { Page as Run } from '../../model/views.ts';
import { count, titleOf } from '../../phrases.ts';
import { countOpenSuggestions, listAsked, listWritten, type WrittenWork } from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { betaPath } from '../betas/addresses.ts';
import { Day, More, Siglum } from '../parts.tsx';
import { studioPath } from './desk.ts';
import { StudioFrame } from './frame.tsx';

/** `GET /studio`: the works of whoever asks, under all her names, in every stage. */
export const studioPage: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const after = c.req.query('after') ?? null;
  const ids = actor.pseuds.map((pseud) => pseud.id);
  const mayImport = may(actor, 'import pages');
  const works = await listWritten(archive.store, ids, { after });
  const waiting = await countOpenSuggestions(
    archive.store,
    works.items.map((work) => work.id),
  );
  const asked = (await listAsked(archive.store, ids)).length;
  const page = <StudioPage {...{ archive, works, waiting, asked, mayImport }} first={after === null} />;
  return render(c, page, { cache: 'private' });
};

interface StudioPageProps {
  readonly archive: Archive;
  readonly works: Run<WrittenWork>;
  /** How many suggestions wait for an answer, by work. */
  readonly waiting: ReadonlyMap<string, number>;
  /** How many others wait for an answer of hers. */
  readonly asked: number;
  readonly first: boolean;
  readonly mayImport: boolean;
}

const StudioPage: FC<StudioPageProps> = ({ archive, works, waiting, asked, first, mayImport }) => (
  <StudioFrame archive={archive} title="Your stories">
    <div class="page studio-page">
      <div class="list-head">
        <h1>Your stories</h1>
        {(works.items.length > 0 || !first) && (
          <a class="button button-main" href="/studio/new">
            New story
          </a>
        )}
      </div>
      <p class="facts">
        <span>
          <a href={betaPath}>Reading for others</a>
          {asked > 0 && `: you are asked for ${count(asked, 'answer')}`}
        </span>
        <span>
          <a href="/studio/notes">Your notes</a>
        </span>
        {mayImport && (
          <span>
            <a href="/import">Bring saved pages in</a>
          </span>
        )}
        {works.items.length > 0 && (
          <span>
            <a href="/studio/statistics">How your stories are read</a>
          </span>
        )}
      </p>
      {works.items.length === 0 && first ? <Empty /> : <Works works={works.items} waiting={waiting} />}
      <More path="/studio" next={works.next}>
        Earlier stories
      </More>
    </div>
  </StudioFrame>
);

/** What an empty studio teaches. */
const Empty: FC = () => (
  <section class="card first" aria-labelledby="first">
    <h2 id="first">Nothing is written yet</h2>
    <p>Here you write stories, and all the ways they can go.</p>
    <ol>
      <li>
        <strong>Begin with a title and some words.</strong> Type them, paste them, or bring a file. Nobody
        sees them until you publish.
      </li>
      <li>
        <strong>Divide the story where it could go two ways.</strong> Write another ending, the same scene
        another way, or give readers a choice.
      </li>
      <li>
        <strong>Publish when you like it.</strong> Every version you save is kept: you can compare any two,
        and go back.
      </li>
    </ol>
    <p class="ways-row">
      <a class="button button-main" href="/studio/new">
        New story
      </a>
      <a class="button" href="/studio/new?start=endings">
        New story with two endings
      </a>
    </p>
  </section>
);

const Works: FC<{
  readonly works: readonly WrittenWork[];
  readonly waiting: ReadonlyMap<string, number>;
}> = ({ works, waiting }) => (
  <ul class="entries">
    {works.map((work) => (
      <li class="entry">
        <article>
          <header class="entry-head">
            <h2>
              <a href={studioPath(work.id)}>{titleOf(work)}</a>
            </h2>
            <p class="entry-marks">
              <span class={`stage stage-${work.stage}`}>{stageName(work)}</span>
              {work.sigla.length > 0 && (
                <span class="sigla">
                  {work.sigla.map((letter) => (
                    <Siglum letter={letter} />
                  ))}
                </span>
              )}
            </p>
          </header>
          <p class="facts">
            <span>{count(work.words, 'word')}</span>
            <span>{count(work.entries.length, 'passage')}</span>
            <span>
              version {work.state}, <Day at={work.stateMadeAt} />
              {work.stage === 'published' && work.shown !== work.state && ', not published yet'}
            </span>
            {waiting.has(work.id) && (
              <span>
                <a href={studioPath(work.id, '/suggestions')}>
                  {count(waiting.get(work.id) ?? 0, 'suggestion')}
                </a>
              </span>
            )}
            {work.dueAt !== null && (
              <span>
                to be published on <Day at={work.dueAt} />
              </span>
            )}
          </p>
        </article>
      </li>
    ))}
  </ul>
);

/** Where a work stands, in a word or two. */
export function stageName({ stage, audience }: Pick<WrittenWork, 'stage' | 'audience'>): string {
  if (stage === 'draft') return 'Draft';
  if (stage === 'scheduled') return 'Scheduled';
  if (stage === 'hidden') return 'Hidden by a moderator';
  if (stage === 'removed') return 'Removed';
  return audience === 'everyone' ? 'Published' : 'Published, not for everyone';
}
