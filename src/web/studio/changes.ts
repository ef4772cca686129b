import { Conflict, Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { Story } from '../../model/state.ts';
import { reviseWork } from '../../store/writing.ts';
import type { Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { type Desk, leadTo, sitDown, studioPath, writingPath } from './desk.ts';
import { faultOf } from './frame.tsx';
import { showDesk } from './work.tsx';
import { showPassage } from './writing/passage.tsx';

/** What a form makes of a story. */
export interface Change {
  readonly story: Story<CleanHtml>;
  /** What was done, for the history. */
  readonly why: string;
  /** What the page says that is shown next, by its name in `frame.tsx`. */
  readonly did: string;
  /** The passage that is shown next; the desk without one. */
  readonly next?: string | undefined;
}

/**
 * Answers the forms that change how a story goes: each becomes a state at once. One that cannot be done comes back with
 * its values and the reason (422). `name` is the form's, as in its address.
 * @throws Conflict when someone saved since its page was made
 */
export function changing(name: string, change: (desk: Desk, form: Form) => Change): Page {
  return (archive) => async (c) => {
    const desk = await sitDown(c, archive);
    const form = await readForm(c);
    if (Number(form.get('base')) !== desk.work.state)
      throw new Conflict(
        'web/studio: the story was saved since this page was opened; open it again and repeat this',
      );

    try {
      const { story, why, did, next } = change(desk, form);
      const { work, header, by } = desk;
      await reviseWork(archive.store, work.id, { header, story, base: work.state, why, by: by.id });
      return leadTo(c, next === undefined ? studioPath(work.id) : writingPath(work.id, next), did);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const sent = { name, form, fault: faultOf(error) };
      const key = form.get('passage');
      return key === '' ? showDesk(c, archive, desk, { sent }) : showPassage(c, archive, desk, key, { sent });
    }
  };
}
