import type { FC } from 'hono/jsx';
import { Invalid } from '../../errors.ts';
import type { WorkView } from '../../model/views.ts';
import { countWork, forgetReadings } from '../../store/readings.ts';
import type { Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { openedWork } from '../guard.ts';
import { leadTo, studioPath } from '../studio/desk.ts';

/** `POST /studio/:handle/statistics`: has a work counted or not, or forgets what was counted. */
export const countingForm: Page = (archive) => async (c) => {
  const { id } = openedWork(c).work;
  const what = (await readForm(c)).get('do');
  if (what === 'count' || what === 'stop') await countWork(archive.store, id, what === 'count');
  else if (what === 'forget') await forgetReadings(archive.store, id);
  else throw new Invalid('web/statistics: say whether to count, to stop or to forget', { path: 'do' });
  return leadTo(c, studioPath(id, '/statistics'), what === 'forget' ? 'forgotten' : 'settled');
};

/** Who has a say in whether a work is counted, and what each said. */
export interface Switching {
  readonly isCounted: boolean;
  /** Whether the host has readings counted at all. */
  readonly countReadings: boolean;
  readonly mayRevise: boolean;
}

/** Whether this work is counted, and the ways to change it. */
export const Switches: FC<{ readonly work: WorkView; readonly switching: Switching }> = (props) => {
  const { isCounted, countReadings, mayRevise } = props.switching;
  return (
    <section class="card counting-switch" aria-labelledby="counted">
      <h2 id="counted">{isCounted && countReadings ? 'Readings are counted' : 'Readings are not counted'}</h2>
      <p>
        {countReadings
          ? 'Only numbers are kept, and nothing of who reads. You, your co-authors and betas are not counted while you are signed in. New readings appear here within ten minutes.'
          : 'Those who run this archive have it not count readings. What was counted before stays here.'}
      </p>
      {mayRevise && (
        <form method="post" action={studioPath(props.work.id, '/statistics')}>
          {countReadings && (
            <p class="ways-row">
              <button class="button" type="submit" name="do" value={isCounted ? 'stop' : 'count'}>
                {isCounted ? 'Stop counting this story' : 'Count this story again'}
              </button>
            </p>
          )}
          <details class="action">
            <summary>Forget what was counted</summary>
            <p>
              All numbers of this page but verdicts and comments are thrown away, of all time. Nothing brings
              them back.
            </p>
            <p>
              <button class="button" type="submit" name="do" value="forget">
                Forget them
              </button>
            </p>
          </details>
        </form>
      )}
    </section>
  );
};
