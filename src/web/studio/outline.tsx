import type { FC } from 'hono/jsx';
import { count } from '../../phrases.ts';
import { Siglum } from '../parts.tsx';
import { branchesOf, leadOf } from '../reading/map-plan.ts';
import { tell } from '../reading/story.ts';
import { type Desk, studioPath, writingPath } from './desk.ts';

/** The passages in their order, with words and where each leads: the map again, in words. */
export const Outline: FC<{ readonly desk: Desk; readonly here?: string }> = ({ desk: { work }, here }) => {
  const told = tell(work);
  const branches = branchesOf(told);
  const unreached = new Set(told.graph.unreachable());
  return (
    <ol class="studio-outline">
      {told.graph.story.passages.map(({ key, words }) => {
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
                ? lead.words
                : `${lead.words}: ${lead.to.map(({ name }) => name).join(' or ')}`}
            </p>
          </li>
        );
      })}
    </ol>
  );
};
