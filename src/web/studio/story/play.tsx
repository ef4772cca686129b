import type { FC } from 'hono/jsx';
import { NotFound } from '../../../errors.ts';
import { isOffered, type Journey, travel } from '../../../model/graph/graph.ts';
import type { Passage } from '../../../model/state.ts';
import type { WorkView } from '../../../model/views.ts';
import { sayCondition } from '../../../phrases.ts';
import { makePage, type Page, render } from '../../archive.ts';
import { inserted } from '../../parts.tsx';
import { PassagePage } from '../../reading/passage.tsx';
import { conditionsOf, journeyQuery, readJourney } from '../../reading/story.ts';
import { studioPath, writingPath } from '../desk.ts';
import { openWritten, type Written } from '../written.ts';

/**
 * `GET /studio/:handle/play/:passage`: the newest version read on from a passage exactly as readers will, and what they
 * would remember by then, to be set. Nothing of it is counted as reading.
 */
export const playPage: Page = (archive) => async (c) => {
  const written = await openWritten(c, archive);
  const { told, story, opened } = written;
  const key = c.req.param('passage') ?? '';
  const passage = story.passages.find((p) => p.key === key);
  if (passage === undefined)
    throw new NotFound(`web/studio: the story has no passage ${JSON.stringify(key.slice(0, 80))}`);
  const before = readJourney(told, new URL(c.req.url));
  const journey = travel(before, passage);
  const query = journeyQuery(told, journey);
  const to = (next: string): string => playPath(written, next) + query;
  const page = (
    <PassagePage
      archive={archive}
      opened={{ ...opened, work: asWritten(written) }}
      told={told}
      passage={passage}
      journey={journey}
      to={to}
      text={inserted(passage.html, opened.handle)}
      talk={undefined}
      front={written.writes ? undefined : written.up}
      rehearsal={<PlayBar {...{ written, passage, before, journey }} />}
    />
  );
  return render(c, makePage(page), { cache: 'private' });
};

function playPath({ work }: Written, key: string): string {
  return studioPath(work.id, `/play/${key}`);
}

/** The work as its page would show it, were this version what readers see. */
function asWritten({ work, header, story }: Written): WorkView {
  return {
    ...work,
    header,
    title: header.title,
    entries: story.passages.map(({ html: _, ...passage }) => ({ ...passage, textHash: '' })),
    choices: story.choices,
    variantSets: story.variantSets,
  };
}

interface PlayBarProps {
  readonly written: Written;
  readonly passage: Passage;
  /** What the reader brings here, and what she takes on. */
  readonly before: Journey;
  readonly journey: Journey;
}

const PlayBar: FC<PlayBarProps> = (props) => {
  const { written, passage, before, journey } = props;
  const { work, told, writes } = written;
  return (
    <aside class="card play-bar" aria-label="Trying it out">
      <p>
        <strong>Trying it out.</strong> Version {work.state}, as readers will see it. Nothing you do here is
        counted.
      </p>
      <p class="ways-row">
        {writes && (
          <a class="button" href={writingPath(work.id, passage.key)}>
            Write this passage
          </a>
        )}
        <a class="button" href={studioPath(work.id, `/proof?from=${passage.key}`)}>
          Proof
        </a>
        {told.graph.start !== undefined && told.graph.start !== passage.key && (
          <a class="button" href={playPath(written, told.graph.start)}>
            From the beginning
          </a>
        )}
      </p>
      {told.conditional && <Remembered {...{ written, passage, before }} />}
      <NotOffered {...{ written, passage, journey }} />
    </aside>
  );
};

/** What choices of this story ask for, to be set before reading on. */
const Remembered: FC<Omit<PlayBarProps, 'journey'>> = ({ written, passage, before }) => {
  const { told } = written;
  const { passages, flags } = conditionsOf(told.graph.story);
  const set = before.flags.map((flag) => `“${flag}” is set`);
  const read = before.visited.map((key) => `“${told.nameOf(key)}” was read`);
  const said = [...set, ...read].join(', ');
  return (
    <details class="action">
      <summary>
        {said === '' ? 'You come here with nothing read and no flag set' : `You come here and ${said}`}
      </summary>
      <form action={playPath(written, passage.key)}>
        {flags.size > 0 && (
          <fieldset class="boxes boxes-column">
            <legend>Flags that are set</legend>
            {[...flags].sort().map((flag) => (
              <label>
                <input type="checkbox" name="set" value={flag} checked={before.flags.includes(flag)} /> {flag}
              </label>
            ))}
          </fieldset>
        )}
        {passages.size > 0 && (
          <fieldset class="boxes boxes-column">
            <legend>Passages that were read</legend>
            {[...passages].map((key) => (
              <label>
                <input type="checkbox" name="seen" value={key} checked={before.visited.includes(key)} />{' '}
                {told.nameOf(key)}
              </label>
            ))}
          </fieldset>
        )}
        <p>
          <button class="button" type="submit">
            Begin here so
          </button>
        </p>
      </form>
    </details>
  );
};

/** The choices a reader who came this way does not see, and why. */
const NotOffered: FC<Omit<PlayBarProps, 'before'>> = ({ written, passage, journey }) => {
  const { graph, nameOf } = written.told;
  const onward = graph.onward(passage.key);
  const hidden = onward.kind === 'choices' ? onward.choices.filter((c) => !isOffered(c, journey)) : [];
  if (hidden.length === 0) return null;
  return (
    <ul class="soft play-hidden">
      {hidden.map(({ label, showIf }) => (
        <li>
          Not offered now: “{label}”,{' '}
          {showIf.map((condition) => sayCondition(condition, nameOf)).join(' and ')}
        </li>
      ))}
    </ul>
  );
};
