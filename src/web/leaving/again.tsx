import type { FC } from 'hono/jsx';
import { Field, type Problems } from '../people/parts.tsx';

/** Her pass phrase, asked again before what cannot be taken back. */
export const PassPhraseAgain: FC<{ readonly problems: Problems | undefined }> = ({ problems }) => (
  <Field
    name="passPhrase"
    label="Your pass phrase"
    type="password"
    hint="Asked again, because this cannot be taken back."
    problems={problems}
    autocomplete="current-password"
    max={1000}
  />
);
