import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Forbidden } from '../../errors.ts';
import type { Suggestion } from '../../model/suggestion.ts';
import { count, passageNames, titleOf } from '../../phrases.ts';
import { findHands, listSuggestions } from '../../store/writing.ts';
import { standingIds } from '../../writing/take-in.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { Byline, Siglum } from '../parts.tsx';
import { StoryMap } from '../reading/map.tsx';
import { branchesOf } from '../reading/map-plan.ts';
import { tellStory } from '../reading/story.ts';
import { type Desk, sitDown, studioPath } from '../studio/desk.ts';
import { StudioFrame } from '../studio/frame.tsx';
import { betaPassagePath, betaPath } from './addresses.ts';
import { Cards } from './cards.tsx';

/** The draft of the address before its beta: the newest state, and the name under which she reads. */
export async function sitAsBeta(c: Context, archive: Archive): Promise<Desk> {
  const desk = await sitDown(c, archive);
  const { betas, creators } = await findHands(archive.store, desk.work.id);
  const by =
    desk.actor.pseuds.find(({ id }) => betas.includes(id)) ??
    desk.actor.pseuds.find(({ id }) => creators.includes(id));
  if (by === undefined) throw new Forbidden('web/betas: you do not read this draft any more');
  return { ...desk, by };
}

/** `GET /beta/:handle`: a draft and what its beta said of it; nothing of anyone else’s. */
export const roomPage: Page = (archive) => async (c) => {
  const desk = await sitAsBeta(c, archive);
  const suggestions = await listSuggestions(archive.store, desk.work.id, { by: [desk.by.id] });
  const page = <RoomPage {...{ archive, desk, suggestions }} did={c.req.query('did')} />;
  return render(c, page, { cache: 'private' });
};

interface RoomProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly suggestions: readonly Suggestion[];
  readonly did: string | undefined;
}

const RoomPage: FC<RoomProps> = ({ archive, desk, suggestions, did }) => {
  const { work, story, header } = desk;
  const open = suggestions.filter((s) => s.status === 'open');
  const first = story.passages.find((p) => p.words > 0) ?? story.passages[0];
  return (
    <StudioFrame archive={archive} title={`The draft of ${titleOf(header)}`} did={did}>
      <div class="desk">
        <section class="desk-main" aria-labelledby="title">
          <p class="up">
            <a href={betaPath}>Reading for others</a>
          </p>
          <h1 id="title">{titleOf(header)}</h1>
          <Byline people={work.creators} authorsOnly plain />
          <p class="facts">
            <span>version {work.state}</span>
            <span>
              {count(
                story.passages.reduce((sum, p) => sum + p.words, 0),
                'word',
              )}
            </span>
            <span>you are {desk.by.name} here</span>
          </p>
          <p class="ways-row">
            {first !== undefined && (
              <a class="button button-main" href={betaPassagePath(work.id, first.key)}>
                Read and suggest
              </a>
            )}
            <a class="button" href={studioPath(work.id, '/proof')}>
              Read it all on one page
            </a>
          </p>
          <section aria-labelledby="passages">
            <h2 id="passages">Passages</h2>
            <Passages desk={desk} open={open} />
          </section>
        </section>
        <aside class="desk-side" aria-label="What you suggested">
          <Cards viewer="beta" desk={desk} suggestions={suggestions} standing={standingInStory(desk, open)} />
        </aside>
        <aside class="desk-map" aria-label="Map">
          <StoryMap told={tellStory(story)} to={(key) => betaPassagePath(work.id, key)} />
        </aside>
      </div>
    </StudioFrame>
  );
};

/** The ids of those suggestions whose words stand in the newest text as they did. */
export function standingInStory(
  { story }: Pick<Desk, 'story'>,
  open: readonly Suggestion[],
): ReadonlySet<string> {
  return new Set(story.passages.flatMap((p) => [...standingIds(p.key, p.html, open)]));
}

/** The passages of a draft, each with what waits in it. */
export const Passages: FC<{
  readonly desk: Desk;
  readonly open: readonly Suggestion[];
  readonly here?: string;
}> = ({ desk: { work, story }, open, here }) => {
  const names = passageNames(story);
  const branches = branchesOf(tellStory(story));
  return (
    <ol class="studio-outline">
      {story.passages.map((passage) => {
        const waiting = open.filter((s) => s.passage === passage.key).length;
        const siglum = branches.get(passage.key)?.siglum;
        return (
          <li>
            <p>
              {siglum !== undefined && <Siglum letter={siglum} />}{' '}
              <a
                href={betaPassagePath(work.id, passage.key)}
                aria-current={passage.key === here ? 'page' : undefined}
              >
                {names.get(passage.key)}
              </a>
            </p>
            <p class="leads">
              {count(passage.words, 'word')}
              {passage.ending && ' · an ending'}
              {waiting > 0 && ` · ${waiting} of yours`}
            </p>
          </li>
        );
      })}
    </ol>
  );
};
