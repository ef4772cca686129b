import type { FC } from 'hono/jsx';
import type { WorkView } from '../../model/views.ts';
import { count } from '../../phrases.ts';
import type { Mention, Mentions } from '../../store/leaving.ts';
import { studioPath, writingPath } from '../studio/desk.ts';

interface StillNamedProps {
  readonly work: Pick<WorkView, 'id' | 'oldTexts'>;
  readonly mentions: Mentions;
  readonly names: readonly string[];
}

/** Where a name stands in the words of a work, which no program should change by itself; each with the way there. */
export const StillNamed: FC<StillNamedProps> = ({ work, mentions, names }) => {
  const { now, earlier, comments, elsewhere } = mentions;
  const nowhere = now.length + earlier.length + comments + elsewhere.length === 0;
  return (
    <section aria-labelledby="still-named">
      <h2 id="still-named">Where your name stands in words</h2>
      {nowhere ? (
        <p>Nowhere: {names.join(' and ')} is found in no text, no note and no comment of it.</p>
      ) : (
        <>
          <p>
            Taking your name off does not change what was written. Change these before, if they should not
            name you; afterwards you cannot.
          </p>
          <ul class="rows">
            {now.map((mention) => (
              <li>
                <a href={pathOf(work.id, mention)}>{wordsOf(mention)}</a>
              </li>
            ))}
            {earlier.length > 0 && (
              <li>
                <span>
                  {earlier.length === 1 ? 'version' : 'versions'} {earlier.join(', ')}, which{' '}
                  {work.oldTexts === 'everyone' ? 'everyone may read' : 'readers cannot see'}
                </span>
              </li>
            )}
            {comments > 0 && (
              <li>
                <span>{count(comments, 'comment')} that say it</span>
              </li>
            )}
            {elsewhere.map((name) => (
              <li>
                <a href={studioPath(work.id, '/header')}>{name} stands beside you in the header</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};

function pathOf(workId: string, { passage }: Mention): string {
  return passage === null ? studioPath(workId, '/header') : writingPath(workId, passage);
}

function wordsOf({ where, passage, title }: Mention): string {
  if (where !== 'passage') return where === 'tags' ? 'the tags' : `the ${where}`;
  return title === null || title === '' ? `the passage ${passage}` : `the passage “${title}”`;
}
