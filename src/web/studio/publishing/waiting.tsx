import type { FC } from 'hono/jsx';
import { type Waiting, waitingPassages } from '../../../model/edit.ts';
import { count } from '../../../phrases.ts';
import { readWritten } from '../../../store/writing.ts';
import type { Archive } from '../../archive.ts';
import { workPath } from '../../handle.ts';
import { type Desk, previewPath, studioPath } from '../desk.ts';
import { namedPassages } from '../story/forms.tsx';

/** What is written of a published work and not shown to its readers yet. */
export interface NotShown {
  readonly passages: readonly Waiting[];
  /** Whether something besides passages differs: the header, choices, places where the story divides. */
  readonly more: boolean;
}

/** What readers do not see yet; undefined where they see the newest version, or nothing. */
export async function notShown(archive: Archive, desk: Desk): Promise<NotShown | undefined> {
  const { work, shown, header, story } = desk;
  if (work.stage !== 'published' || shown === work.state) return undefined;
  const before = await readWritten(archive.store, work.id, shown);
  const rest = (of: Pick<Desk, 'header' | 'story'>): string =>
    JSON.stringify([of.header, of.story.choices, of.story.variantSets, of.story.passages.map((p) => p.key)]);
  return {
    passages: waitingPassages(before.story, story),
    more: rest(before) !== rest({ header, story }),
  };
}

/** The versions that wait, and the ways to let readers see them: all, or only the passages that are ready. */
export const WaitingChanges: FC<{
  readonly desk: Desk;
  readonly waiting: NotShown;
  /** The passages that were ticked in a form which came back. */
  readonly chosen?: readonly string[] | undefined;
}> = ({ desk, waiting, chosen = [] }) => {
  const { work, shown } = desk;
  const some = waiting.passages.filter(({ change }) => change !== 'taken out');
  return (
    <div class="waiting">
      <p>
        <strong>Readers see version {shown}.</strong> You are at version {work.state}:{' '}
        {waiting.passages.length > 0
          ? `${count(waiting.passages.length, 'passage')} differ${waiting.passages.length === 1 ? 's' : ''}`
          : 'the words are the same'}
        {waiting.more && ', and so does what stands around them'}.
      </p>
      <p class="soft">
        <a href={studioPath(work.id, `/compare/s${shown}...s${work.state}`)}>Compare the two</a>, see it{' '}
        <a href={previewPath(work)}>as it will be</a>, or <a href={workPath(work.id)}>as it is read now</a>.
      </p>
      <input type="hidden" name="base" value={String(work.state)} />
      <p class="ways-row">
        <button class="button" type="submit" name="do" value="publish">
          Publish changes
        </button>
      </p>
      {some.length > 0 && (
        <details class="action" open={chosen.length > 0}>
          <summary>Publish only some passages</summary>
          <fieldset class="field">
            <legend>Readers shall see, as they are now</legend>
            {some.map((passage) => (
              <label class="box">
                <input
                  type="checkbox"
                  name="passages"
                  value={passage.key}
                  checked={chosen.includes(passage.key)}
                />{' '}
                {nameOf(desk, passage)} <span class="soft">{passage.change}</span>
              </label>
            ))}
          </fieldset>
          <p class="soft">
            New passages you leave out wait; changed ones keep the words readers know. What you took out of
            the story goes, and the title and notes stay as readers have them.
          </p>
          <p>
            <button class="button" type="submit" name="do" value="some">
              Publish these
            </button>
          </p>
        </details>
      )}
    </div>
  );
};

function nameOf(desk: Desk, { key }: Waiting): string {
  return namedPassages(desk).find((passage) => passage.key === key)?.name ?? key;
}
