import type { Child, FC } from 'hono/jsx';
import type { Archive } from '../archive.ts';
import { Layout } from '../layout.tsx';
import { sayingOf } from '../said.ts';

interface StudioProps {
  readonly archive: Archive;
  readonly title: string;
  /** What the form before did, as its address says it. */
  readonly did?: string | undefined;
  /** Why the form before came back, whether or not it stands on this page. */
  readonly fault?: Fault | undefined;
  /** Seconds after which the page is asked for again where scripts do not do it. */
  readonly refresh?: number;
  readonly children?: Child;
}

/** The frame of every page of the studio: with its own style sheet, for nobody else and in no search. */
export const StudioFrame: FC<StudioProps> = ({ archive, title, did, fault, refresh, children }) => {
  const said = sayingOf(sayings, did ?? '');
  return (
    <Layout archive={archive} title={title} here="studio" noindex studio refresh={refresh}>
      {said !== undefined && (
        <p class="card saved studio-said" role="status">
          {said}
        </p>
      )}
      {fault !== undefined && (
        <p class="card fault-card studio-said" role="alert">
          <strong>That was not done.</strong> <span class="fault">{fault.words}</span>
        </p>
      )}
      {children}
    </Layout>
  );
};

/** What a page says after a form; addresses cannot make it say anything else. */
const sayings: Readonly<Record<string, string>> = {
  begun: 'Your story is begun. It is a draft: only you, and those who have its secret link, can see it.',
  saved: 'Saved as a new version. Readers see it once you publish it.',
  kept: 'Kept as a draft. It is no version yet, and nobody but you sees it.',
  dropped: 'The draft is thrown away; here is the saved version.',
  divided: 'The story divides here now. Write the other ending below.',
  branched: 'There is another way now. Write it below.',
  chosen: 'Readers have this choice now.',
  changed: 'Changed.',
  moved: 'The passage stands elsewhere now.',
  removed: 'Taken out. Earlier versions still have it: you can restore one.',
  replaced: 'Replaced, as one new version.',
  restored: 'Restored, as a new version. What stood here a moment ago is kept too.',
  published: 'Published. Readers see this version now.',
  'published-some': 'Published. Readers see these passages now; the rest waits.',
  scheduled: 'It will be published at the time you chose.',
  unpublished: 'Taken back. It is a draft again; only those who have its secret link can read it.',
  settled: 'Kept.',
  unpictured: 'The picture is taken away.',
  noted: 'Kept as a draft. Nobody else sees it yet.',
  brought: 'Taken. The files are read one after the other.',
  decided: 'Decided. The page was read anew with it, and it is kept with the page.',
  withdrawn: 'Withdrawn. The page was read anew without it.',
  forgotten: 'What was counted is forgotten.',
  erased: 'The text is erased from every version. Its place stays.',
  placed: 'The map is laid out anew.',
  asked: 'Asked. She finds it under “Reading for others”, and nothing shows before she says yes.',
  ended: 'She cannot read your drafts any more. What she suggested is still here.',
  accepted: 'You read this draft now.',
  suggested: 'Sent. The author sees it beside her text.',
  remarked: 'Sent. The author sees your remark beside her text.',
  'taken-back': 'Withdrawn.',
  replied: 'Sent.',
  taken: 'Accepted, and saved as a new version.',
  partly:
    'Saved as a new version. Some could not be put in: their words are others now. They stand here still.',
  declined: 'Declined. You find it under “Answered”, should you think again.',
  resolved: 'Resolved.',
  reopened: 'It is open again.',
};

/** Why a form came back: which value does not fit, and the reason in words. */
export interface Fault {
  readonly path: string | undefined;
  readonly words: string;
}

/** Why a form came back that was made before someone saved. */
export const lateFault: Fault = {
  path: undefined,
  words:
    'Someone saved this story after you opened it, and nothing was overwritten. You see it as it is now: send this again if it still fits.',
};

/** The reason of an error of ours, for people: without the layer it comes from. */
export function faultOf(error: { readonly message: string; readonly path?: string | undefined }): Fault {
  const words = error.message.replace(/^[a-z0-9/-]+: (?:work [0-9a-z]+ )?/, '');
  return { path: error.path, words: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` };
}

/** The reason beside a field, where there is one; the field names it by `aria-describedby`. */
export const Reason: FC<{ readonly id: string; readonly fault: Fault | undefined }> = ({ id, fault }) =>
  fault === undefined ? null : (
    <p class="fault" id={id} role="alert">
      {fault.words}
    </p>
  );
