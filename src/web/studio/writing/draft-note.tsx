import type { Child, FC } from 'hono/jsx';
import { Day } from '../../parts.tsx';
import type { KeptDraft, Typed } from './drafts.ts';

/** Says that the form below holds a draft, and throws it away; `drafts` is where drafts are kept. */
export const DraftNote: FC<{
  readonly draft: KeptDraft<Typed>;
  readonly drafts: string;
  readonly children?: Child;
}> = ({ draft, drafts, children }) => (
  <form method="post" action={drafts} class="card draft-note" aria-label="Your draft">
    <p>
      Your draft of <Day at={draft.savedAt} />, made from version {draft.base}. {children}
    </p>
    <p>
      <button class="link-button" type="submit" name="drop" value="yes">
        Throw the draft away
      </button>
    </p>
  </form>
);
