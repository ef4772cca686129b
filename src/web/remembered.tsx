import type { FC } from 'hono/jsx';
import { assets } from './assets.ts';

/**
 * In a form that has no draft in the archive: some of its fields are kept on the device until it is sent. `form` says
 * whose it is and which, by ids; never for guests, since nobody signs them out of a device that others use.
 */
export const Remembered: FC<{ readonly form: string; readonly fields: readonly string[] }> = (props) => (
  <script src={assets.remember} defer data-form={props.form} data-fields={props.fields.join(' ')} />
);
