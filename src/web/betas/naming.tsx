import type { FC } from 'hono/jsx';
import type { Naming } from '../../store/writing.ts';
import type { Form } from '../forms.ts';

/** Asks a beta whether she wants to be named. */
export const NamingFields: FC<{ readonly chosen?: string | undefined }> = ({ chosen }) => (
  <fieldset class="field options">
    <legend>Shall the story name you as its beta?</legend>
    <label class="option">
      <input type="radio" name="naming" value="may" checked={chosen !== 'never'} />
      <span>Yes, once something I suggested is in it</span>
    </label>
    <label class="option">
      <input type="radio" name="naming" value="never" checked={chosen === 'never'} />
      <span>No, only the author knows</span>
    </label>
  </fieldset>
);

/** What a form says of it. */
export function namingIn(form: Form): Naming {
  return form.get('naming') === 'never' ? 'never' : 'may';
}
