import { isDeepStrictEqual } from 'node:util';
import type { Context } from 'hono';
import { Conflict, Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { Story } from '../../model/state.ts';
import { reviseWork } from '../../store/writing.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import {
  type Desk,
  findPassage,
  leadTo,
  satAgain,
  sitDown,
  stateAt,
  studioPath,
  writingPath,
} from './desk.ts';
import { faultOf, lateFault } from './frame.tsx';
import type { Sent } from './story/forms.tsx';
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

/** A form by its name in the address, and what it says. */
export type NamedForm = Pick<Sent, 'name' | 'form'>;

interface Asking {
  /** Whether it takes words away that were counted before it was asked for: then nothing at all may be newer. */
  readonly takesWords?: boolean;
  /** The same form in a newer story, where it says a place that may be another's there. */
  readonly inNewer?: (sent: NamedForm, was: Story, now: Story) => NamedForm;
}

/**
 * Answers the forms that change how a story goes: each becomes a state at once. One that cannot be done comes back with
 * its values and the reason (422). `name` is the form's, as in its address.
 *
 * What someone saved since its page was made stays. Where only words elsewhere are others, the form is done with the
 * newest story; else it comes back in that one (409), to be looked at and sent again.
 */
export function changing(
  name: string,
  change: (desk: Desk, form: Form) => Change,
  asking: Asking = {},
): Page {
  return (archive) => async (c) => {
    const desk = await sitDown(c, archive);
    const form = await readForm(c);
    const { story: was } = await stateAt(archive, desk, Number(form.get('base')));
    const late = (newer: Desk) => {
      const here = asking.inNewer?.({ name, form }, was, newer.story) ?? { name, form };
      return showSent(c, archive, newer, { ...here, fault: lateFault, isLate: true });
    };
    if (!isAsItWas(was, desk.story, form, asking)) return late(desk);

    try {
      const { story, why, did, next } = change(desk, form);
      const { work, header, by } = desk;
      await reviseWork(archive.store, work.id, { header, story, base: work.state, why, by: by.id });
      return leadTo(c, next === undefined ? studioPath(work.id) : writingPath(work.id, next), did);
    } catch (error) {
      if (error instanceof Conflict) return late(await satAgain(archive, desk));
      if (!(error instanceof Invalid)) throw error;
      return showSent(c, archive, desk, { name, form, fault: faultOf(error) });
    }
  };
}

/** Whether a story goes as it went when a form was made, and the passage the form is about is as it was. */
function isAsItWas(
  was: Story<CleanHtml>,
  now: Story<CleanHtml>,
  form: Form,
  { takesWords = false }: Asking,
): boolean {
  const here = form.get('passage');
  const way = ({ passages, ...rest }: Story<CleanHtml>) => ({
    ...rest,
    passages: passages.map((passage) => {
      const { key, ending, sets, unsets } = passage;
      return takesWords || key === here ? passage : { key, ending, sets, unsets };
    }),
  });
  return was === now || isDeepStrictEqual(way(was), way(now));
}

/** Shows a form that came back where it stands: beside its passage, or on the desk. */
function showSent(c: Context, archive: Archive, desk: Desk, sent: Sent): Promise<Response> {
  const key = sent.form.get('passage');
  return findPassage(desk, key) === undefined
    ? showDesk(c, archive, desk, { sent })
    : showPassage(c, archive, desk, key, { sent });
}
