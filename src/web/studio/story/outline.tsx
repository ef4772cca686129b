import type { FC } from 'hono/jsx';
import type { WorkView } from '../../../model/views.ts';
import { count } from '../../../phrases.ts';
import { Siglum } from '../../parts.tsx';
import { branchesOf, leadOf } from '../../reading/map-plan.ts';
import type { Told } from '../../reading/story.ts';
import { studioPath, writingPath } from '../desk.ts';

interface OutlineProps {
  readonly work: WorkView;
  readonly told: Told;
  readonly here?: string | undefined;
}

/** At most this many passages stand open; those of a longer story are folded in runs of as many. */
const mostOpen = 60;

/**
 * The passages in their order, with words and where each leads: the map again, in words. Beside one passage of a long
 * story (`here`) only those around it.
 */
export const Outline: FC<OutlineProps> = ({ work, told, here }) => {
  const { passages } = told.graph.story;
  const keys = passages.map((p) => p.key);
  if (keys.length <= mostOpen) return <Lines {...{ work, told, here, keys }} start={1} />;
  const runs = Array.from({ length: Math.ceil(keys.length / mostOpen) }, (_, i) =>
    keys.slice(i * mostOpen, (i + 1) * mostOpen),
  );
  if (here !== undefined) {
    const i = Math.max(
      0,
      runs.findIndex((run) => run.includes(here)),
    );
    return (
      <>
        <p class="soft">
          The passages around this one; <a href={studioPath(work.id, '#passages')}>all {keys.length}</a>.
        </p>
        <Lines {...{ work, told, here }} keys={runs[i] ?? []} start={i * mostOpen + 1} />
      </>
    );
  }
  return (
    <>
      {runs.map((run, i) => (
        <details class="action" open={i === 0}>
          <summary>
            {told.nameOf(run[0] ?? '')} to {told.nameOf(run.at(-1) ?? '')}
          </summary>
          <Lines {...{ work, told, here }} keys={run} start={i * mostOpen + 1} />
        </details>
      ))}
    </>
  );
};

const Lines: FC<OutlineProps & { readonly keys: readonly string[]; readonly start: number }> = (props) => {
  const { work, told, here, keys, start } = props;
  const branches = branchesOf(told);
  const unreached = new Set(told.graph.unreachable());
  return (
    <ol class="studio-outline" start={start}>
      {keys.map((key) => {
        const words = told.graph.passage(key)?.words ?? 0;
        const siglum = branches.get(key)?.siglum;
        const lead = leadOf(told, key);
        return (
          <li>
            <p>
              {siglum !== undefined && <Siglum letter={siglum} />}{' '}
              <a href={writingPath(work.id, key)} aria-current={key === here ? 'page' : undefined}>
                {told.nameOf(key)}
              </a>{' '}
              <span class="soft">{words === 0 ? 'nothing written yet' : count(words, 'word')}</span>{' '}
              <a
                class="play-link"
                href={studioPath(work.id, `/play/${key}`)}
                aria-label={`Play from “${told.nameOf(key)}”`}
              >
                ▷
              </a>
            </p>
            <p class="leads">
              {unreached.has(key) && <strong>No way leads here. </strong>}
              {lead.to.length === 0
                ? told.graph.passage(key)?.ending === true
                  ? lead.words
                  : 'Nothing follows yet.'
                : `${lead.words}: ${lead.to.map(({ name }) => name).join(' or ')}`}
            </p>
          </li>
        );
      })}
    </ol>
  );
};
