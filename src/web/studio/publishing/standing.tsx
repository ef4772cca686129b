import type { FC } from 'hono/jsx';
import { type Desk, studioPath } from '../desk.ts';

/** What is saved and what readers see, with the way to let them see what waits. Publishing itself asks on the desk. */
export const Standing: FC<{ readonly desk: Desk; readonly hasDraft: boolean }> = ({ desk, hasDraft }) => {
  const { work, shown } = desk;
  const waits = work.stage === 'published' && shown !== work.state;
  const act = waits
    ? 'Publish changes'
    : work.stage === 'draft' || work.stage === 'hidden'
      ? 'Publish'
      : null;
  return (
    <p class="standing">
      <span>
        {hasDraft ? 'a draft is kept' : 'saved'} · version {work.state}
        {waits && ` · readers see ${shown}`}
      </span>
      {act !== null && (
        <a class="button button-small" href={studioPath(work.id, '#publication')}>
          {act}
        </a>
      )}
    </p>
  );
};
