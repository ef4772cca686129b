import type { FC } from 'hono/jsx';
import type { StateEntry } from '../../model/views.ts';
import { count, titleOf } from '../../phrases.ts';
import { listStates } from '../../store/works.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { openedWork, readsOldStates } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';
import { Layout } from '../layout.tsx';
import { Day } from '../parts.tsx';
import { showsState } from './sides.ts';

/**
 * `GET /works/:handle/states`: every state a work had, newest first, each with what changed in it; of a published work
 * whose author keeps old texts to herself, only when it was last revised.
 */
export const statesPage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const old = opened.work.stage === 'published' || (await readsOldStates(c, archive));
  const all = await listStates(archive.store, opened.work.id);
  const states = all.filter((state) => showsState(opened.work, state, old));
  return render(c, <StatesPage archive={archive} opened={opened} states={states} />, { cache: opened.cache });
};

interface StatesPageProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly states: readonly StateEntry[];
}

const StatesPage: FC<StatesPageProps> = ({ archive, opened: { work, handle, cache }, states }) => (
  <Layout
    archive={archive}
    title={`The states of ${titleOf(work)}`}
    path={workPath(work.id, '/states')}
    here="works"
    noindex={cache === 'private'}
  >
    <article class="page">
      <p class="up">
        <a href={workPath(handle)}>{titleOf(work)}</a>
      </p>
      <h1>Its states</h1>
      {states.length > 1 ? (
        <>
          <p>
            Nothing here is overwritten: each time the story changed, what it was before was kept.{' '}
            {count(states.length, 'state')} can be read.
          </p>
          <ol class="states" reversed>
            {states
              .toSorted((one, other) => other.number - one.number)
              .map((state, i, sorted) => (
                <StateLine
                  state={state}
                  before={sorted[i + 1]?.number}
                  handle={handle}
                  isCurrent={state.number === work.state}
                />
              ))}
          </ol>
        </>
      ) : (
        <p>
          The story as it stands is of <Day at={work.stateMadeAt} />. What it was before is kept for those who
          wrote it; they have not opened it to readers.
        </p>
      )}
    </article>
  </Layout>
);

interface StateLineProps {
  readonly state: StateEntry;
  /** The number of the state before it that can be read. */
  readonly before: number | undefined;
  readonly handle: string;
  readonly isCurrent: boolean;
}

const StateLine: FC<StateLineProps> = ({ state: { number, madeAt, why }, before, handle, isCurrent }) => (
  <li value={number}>
    <p>
      <Day at={madeAt} />: {why}
      {isCurrent && ' (as it stands now)'}
    </p>
    {before !== undefined && (
      <p>
        <a href={workPath(handle, `/compare/s${before}...s${number}`)}>
          What changed from state {before} to state {number}
        </a>
      </p>
    )}
  </li>
);
