import type { FC } from 'hono/jsx';
import { arrange } from '../../../model/graph/arrange.ts';
import { findingsOf } from '../../../model/graph/findings.ts';
import { count, titleOf } from '../../../phrases.ts';
import { findPlaces, type MapPlace } from '../../../store/writing.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { assets } from '../../assets.ts';
import { StoryMap } from '../../reading/map.tsx';
import { box, type MapPlan, planAround, planMap } from '../../reading/map-plan.ts';
import type { Told } from '../../reading/story.ts';
import { studioPath, writingPath } from '../desk.ts';
import { StudioFrame } from '../frame.tsx';
import { openWritten, type Written } from '../written.ts';
import { ExtentOf } from './extent.tsx';
import { Outline } from './outline.tsx';
import { marksOf, ownAddress, type Trouble, TroubleList, troublesOf } from './troubles.tsx';

/** `GET /studio/:handle/map`: the whole story, to be arranged, with its outline; betas look at it. */
export const studioMapPage: Page = (archive) => async (c) => {
  const written = await openWritten(c, archive);
  const places = await findPlaces(archive.store, written.work.id);
  const page = <MapPage archive={archive} written={written} places={places} did={c.req.query('did')} />;
  return render(c, page, { cache: 'private' });
};

interface MapPageProps {
  readonly archive: Archive;
  readonly written: Written;
  readonly places: readonly MapPlace[];
  readonly did: string | undefined;
}

const MapPage: FC<MapPageProps> = ({ archive, written, places, did }) => {
  const { work, header, story, told, writes } = written;
  const findings = findingsOf(story);
  const troubles = troublesOf(story, findings, ownAddress(archive, work));
  const to = (key: string): string =>
    writes ? writingPath(work.id, key) : studioPath(work.id, `/play/${key}`);
  return (
    <StudioFrame archive={archive} title={`The map of ${titleOf(work)}`} did={did}>
      <article class="map-desk studio-page">
        <header class="page-wide">
          <p class="up">
            <a href={written.up}>{titleOf({ title: header.title })}</a>
          </p>
          <h1>Story map</h1>
          <p class="facts">
            <span>{count(story.passages.length, 'passage')}</span>
            <span>{count(findings.endings.length, 'ending')}</span>
            <span>
              <a href="#outline">The same in words</a>
            </span>
          </p>
          <ExtentOf findings={findings} told={told} to={to} />
          <TroubleList troubles={troubles} nameOf={told.nameOf} to={to} />
        </header>
        <ArrangedMap {...{ work, told, troubles, places, writes, to }} />
        <section class="page-wide" aria-labelledby="outline">
          <h2 id="outline">The same in words</h2>
          <Outline work={work} told={told} />
        </section>
      </article>
    </StudioFrame>
  );
};

interface ArrangedMapProps extends Pick<Written, 'work' | 'told' | 'writes'> {
  readonly troubles: readonly Trouble[];
  readonly places: readonly MapPlace[];
  readonly to: (key: string) => string;
}

const keys = [
  [
    'Arrow keys',
    'go along the ways: down is where a passage leads, up where it comes from, left and right its neighbours',
  ],
  ['Enter', 'opens the passage'],
  ['Shift and arrow keys', 'move it'],
  ['N', 'adds a passage after it'],
  ['C', 'adds a choice'],
  ['P', 'plays from it'],
  ['Z', 'takes the last move back'],
] as const;

/** The map with everything that can be done on it: each a plain form too. */
const ArrangedMap: FC<ArrangedMapProps> = (props) => {
  const { work, told, troubles, places, writes, to } = props;
  const plan = planArranged(told, places);
  return (
    <div class="map-tools" data-map="" data-places={writes ? studioPath(work.id, '/places') : undefined}>
      <div class="map-bar page-wide">
        <QuickActs {...props} />
        <div class="map-view">
          <p class="map-scripted" hidden>
            <button class="button button-small" type="button" data-do="smaller">
              Smaller
            </button>
            <button class="button button-small" type="button" data-do="larger">
              Larger
            </button>
            <button class="button button-small" type="button" data-do="undo" disabled>
              Undo
            </button>
          </p>
          {writes && (
            <form method="post" action={studioPath(work.id, '/places')}>
              <button class="button button-small" type="submit" name="do" value="anew">
                Lay out anew
              </button>
            </form>
          )}
        </div>
      </div>
      <StoryMap told={told} to={to} plan={plan} marks={marksOf(troubles)} />
      <div class="page-wide">
        <p class="soft map-status" role="status" aria-live="polite" />
        {writes && (
          <p class="soft map-scripted" hidden>
            Drag a passage to put it elsewhere. Only those who write this story see where.
          </p>
        )}
        <details class="action map-scripted" hidden>
          <summary>Keys of the map</summary>
          <dl class="map-keys">
            {keys.map(([key, what]) => (
              <div>
                <dt>{key}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
      <script src={assets.map} defer />
    </div>
  );
};

/** The whole map, passages where writers put them. */
function planArranged(told: Told, places: readonly MapPlace[]): MapPlan {
  const { nodes, layout } = planMap(told, false, box);
  return { nodes, layout: arrange(layout, new Map(places.map((p) => [p.passage, p])), box), box };
}

/** What can be done with one passage of the map: with scripts the one that is chosen there, else one of a menu. */
const QuickActs: FC<Pick<ArrangedMapProps, 'work' | 'told' | 'writes'> & { readonly here?: string }> = ({
  work,
  told,
  writes,
  here,
}) => (
  <form method="post" action={studioPath(work.id, '/passages')} class="map-acts" data-acts="">
    <input type="hidden" name="base" value={String(work.state)} />
    <input type="hidden" name="title" value="" />
    {here === undefined ? (
      <label class="map-at">
        <span class="unseen">Passage</span>
        <select name="passage">
          {told.graph.story.passages.map(({ key }) => (
            <option value={key}>{told.nameOf(key)}</option>
          ))}
        </select>
      </label>
    ) : (
      <input type="hidden" name="passage" value={here} />
    )}
    {writes && (
      <>
        <button class="button button-small" type="submit" data-do="passage">
          + passage
        </button>
        <button
          class="button button-small"
          type="submit"
          formmethod="get"
          formaction={studioPath(work.id, '/go')}
          name="to"
          value="choice"
          data-do="choice"
        >
          + choice
        </button>
      </>
    )}
    <button
      class="button button-small"
      type="submit"
      formmethod="get"
      formaction={studioPath(work.id, '/go')}
      name="to"
      value="play"
      data-do="play"
    >
      ▷ play from here
    </button>
  </form>
);

/** More passages than these are not drawn beside something else. */
const mostBeside = 60;
const mostNear = 15;

/** The map beside a desk or a passage: the whole, or of a large story what is near. */
export const MapBeside: FC<ArrangedMapProps & { readonly here?: string }> = (props) => {
  const { work, told, troubles, places, to, here } = props;
  const passages = told.graph.story.passages.length;
  const isWhole = passages <= mostBeside;
  const plan = isWhole
    ? places.length === 0
      ? planMap(told, false)
      : planArranged(told, places)
    : here === undefined
      ? undefined
      : planAround(told, here, mostNear);
  return (
    <div class="map-tools" data-map="" data-beside="">
      <p class="soft map-title">
        <a href={studioPath(work.id, '/map')}>Story map</a> · {count(passages, 'passage')} ·{' '}
        {count(told.graph.story.passages.filter((p) => p.ending).length, 'ending')}
        {!isWhole && here !== undefined && ' · what is near'}
      </p>
      {plan === undefined ? (
        <p>
          <a class="button" href={studioPath(work.id, '/map')}>
            Open the map
          </a>
        </p>
      ) : (
        <StoryMap told={told} to={to} plan={plan} here={here} marks={marksOf(troubles)} />
      )}
      {here !== undefined && <QuickActs {...props} here={here} />}
      <p class="soft map-status" role="status" aria-live="polite" />
      <script src={assets.map} defer />
    </div>
  );
};
