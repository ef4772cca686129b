import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { findingsOf } from '../../model/graph/findings.ts';
import type { Remark } from '../../model/remark.ts';
import type { StateEntry } from '../../model/views.ts';
import { count, titleOf } from '../../phrases.ts';
import { listRemarks, listStates } from '../../store/works.ts';
import { countOpenSuggestions, findPlaces, type MapPlace } from '../../store/writing.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { Day } from '../parts.tsx';
import { tellStory } from '../reading/story.ts';
import { type Desk, previewPath, sitDown, studioPath, writingPath } from './desk.ts';
import { StudioFrame } from './frame.tsx';
import { Publication } from './publishing/publication.tsx';
import { type NotShown, notShown } from './publishing/waiting.tsx';
import { ExtentOf } from './story/extent.tsx';
import { cameBack, Line, MenuAction, PassageMenu, type Sent, type Shown, statusOf } from './story/forms.tsx';
import { Outline } from './story/outline.tsx';
import { MapBeside } from './story/story-map.tsx';
import { ownAddress, TroubleList, troublesOf } from './story/troubles.tsx';
import { stageName } from './works.tsx';

/** `GET /studio/:handle`: the desk of one work. */
export const deskPage: Page = (archive) => async (c) =>
  showDesk(c, archive, await sitDown(c, archive), { did: c.req.query('did'), asked: c.req.query('form') });

/** Answers with the desk; 422 with a form that came back, 409 with one that came late. */
export async function showDesk(
  c: Context,
  archive: Archive,
  desk: Desk,
  { sent, did, asked }: Shown = {},
): Promise<Response> {
  const states = await listStates(archive.store, desk.work.id);
  const remarks = await listRemarks(archive.store, desk.work.id);
  const waiting = (await countOpenSuggestions(archive.store, [desk.work.id])).get(desk.work.id) ?? 0;
  const places = await findPlaces(archive.store, desk.work.id);
  const unseen = await notShown(archive, desk);
  const props = { archive, desk, states, remarks, places, waiting, notShown: unseen, sent, did, asked };
  const page = <DeskPage {...props} />;
  return render(c, page, { cache: 'private', status: statusOf(sent) });
}

interface DeskPageProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly states: readonly StateEntry[];
  /** How many suggestions of betas wait for an answer. */
  readonly waiting: number;
  readonly notShown: NotShown | undefined;
  readonly remarks: readonly Remark[];
  readonly places: readonly MapPlace[];
  readonly sent: Sent | undefined;
  readonly did: string | undefined;
  readonly asked: string | undefined;
}

const DeskPage: FC<DeskPageProps> = (props) => {
  const { archive, desk, places, sent, did, asked } = props;
  const { work, story } = desk;
  const told = tellStory(story);
  const findings = findingsOf(story);
  const troubles = troublesOf(story, findings, ownAddress(archive, work));
  const to = (key: string): string => writingPath(work.id, key);
  const added = cameBack(sent, 'passages')?.form;
  return (
    <StudioFrame archive={archive} title={`Writing ${titleOf(work)}`} did={did} fault={sent?.fault}>
      <div class="desk">
        <section class="desk-main" aria-labelledby="title">
          <p class="up">
            <a href="/studio">Your stories</a>
          </p>
          <h1 id="title">{titleOf(work)}</h1>
          <p class="facts">
            <span>{stageName(work)}</span>
            <span>version {work.state}</span>
            <span>
              <a href={previewPath(work)}>See it as readers will</a>, or{' '}
              <a href={studioPath(work.id, '/phone')}>on a phone</a>
            </span>
            <span>
              <a href={studioPath(work.id, '/statistics')}>How it is read</a>
            </span>
          </p>
          <p class="ways-row">
            <a class="button button-main" href={writingPath(work.id, nextToWrite(desk))}>
              Go on writing
            </a>
          </p>
          <p class="desk-ways">
            <a href={studioPath(work.id, '/header')}>Title, tags and notes</a>
            <a href={studioPath(work.id, '/find')}>Find and replace</a>
            {work.sources.length > 0 && <a href={studioPath(work.id, '/review')}>Review what was read</a>}
            <a href={studioPath(work.id, '/proof')}>Proof</a>
            <a href={studioPath(work.id, '/people')}>People</a>
            <a href={studioPath(work.id, '/suggestions')}>
              Suggestions{props.waiting > 0 && ` (${props.waiting})`}
            </a>
          </p>
          <section aria-labelledby="passages">
            <h2 id="passages">Passages</h2>
            <ExtentOf findings={findings} told={told} to={to} />
            <TroubleList troubles={troubles} nameOf={told.nameOf} to={to} />
            <Outline work={work} told={told} />
            <MenuAction
              {...{ desk, sent, asked }}
              page={studioPath(work.id)}
              id="add-passage"
              name="passages"
              title="Add a passage"
              button="Add it"
            >
              <Line name="title" label="Its title" value={added?.get('title')} />
              <PassageMenu
                desk={desk}
                name="passage"
                label="After"
                value={added?.get('passage')}
                none="the last passage"
              />
            </MenuAction>
          </section>
        </section>
        <aside class="desk-side" aria-label="This work">
          <Publication {...props} />
        </aside>
        <aside class="desk-map" aria-label="Map">
          <MapBeside {...{ work, told, troubles, places, to }} writes />
        </aside>
        <Versions {...props} />
        <p class="soft desk-foot">
          <a href={studioPath(work.id, '/delete')}>Leave or delete this story …</a>
        </p>
      </div>
    </StudioFrame>
  );
};

/** The first passage without words, else the first of all. */
function nextToWrite({ story }: Desk): string {
  return (story.passages.find((p) => p.words === 0) ?? story.passages[0])?.key ?? '';
}

/** At most this many versions stand open; what was before them is folded. */
const mostOpen = 8;

/** Every version: any two to be compared, any to be restored. */
export const Versions: FC<Pick<DeskPageProps, 'desk' | 'states'>> = ({ desk: { work, shown }, states }) => (
  <section class="versions" aria-labelledby="versions">
    <h2 id="versions">Versions</h2>
    {states.length > 1 ? (
      <form action={studioPath(work.id, '/compare')} class="compare-pick">
        <label class="field">
          Compare{' '}
          <select name="a">
            <StateOptions states={states} chosen={states.length - 1} />
          </select>
        </label>
        <label class="field">
          with{' '}
          <select name="b">
            <StateOptions states={states} chosen={states.length} />
          </select>
        </label>
        <p>
          <button class="button" type="submit">
            Compare
          </button>
        </p>
      </form>
    ) : (
      <p class="soft">This is the first. Each time you save, what it was before is kept here.</p>
    )}
    <VersionList work={work} shown={shown} states={states.toReversed().slice(0, mostOpen)} />
    {states.length > mostOpen && (
      <details class="action">
        <summary>{count(states.length - mostOpen, 'earlier version')}</summary>
        <VersionList work={work} shown={shown} states={states.toReversed().slice(mostOpen)} />
      </details>
    )}
    {states.length > 1 && (
      <p class="soft">{count(states.length, 'version')}. Restoring makes a new one; nothing is lost by it.</p>
    )}
  </section>
);

const VersionList: FC<Pick<Desk, 'work' | 'shown'> & { readonly states: readonly StateEntry[] }> = (
  props,
) => {
  const { work, shown, states } = props;
  return (
    <ol class="history" reversed>
      {states.map(({ number, madeAt, maker, why }) => (
        <li value={number}>
          <p>
            version {number} · {why} · {maker !== null && `${maker} · `}
            <Day at={madeAt} />
            {number === work.state && ' · as it stands now'}
            {number === shown && work.stage === 'published' && ' · what readers see'}
          </p>
          {number !== work.state && (
            <form method="post" action={studioPath(work.id, '/states')}>
              <button class="link-button" type="submit" name="number" value={String(number)}>
                Restore version {number}
              </button>
            </form>
          )}
        </li>
      ))}
    </ol>
  );
};

const StateOptions: FC<{ readonly states: readonly StateEntry[]; readonly chosen: number }> = ({
  states,
  chosen,
}) => (
  <>
    {states.map(({ number, why }) => (
      <option value={String(number)} selected={number === chosen}>
        {number}: {why}
      </option>
    ))}
  </>
);
