import type { FC } from 'hono/jsx';
import { PassPhrase, type Problems } from '../people/parts.tsx';

/** Her pass phrase, asked again before what cannot be taken back. */
export const PassPhraseAgain: FC<{ readonly problems: Problems | undefined }> = ({ problems }) => (
  <PassPhrase hint="Asked again, because this cannot be taken back." problems={problems} />
);
