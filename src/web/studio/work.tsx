import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { type Findings, findingsOf, sentenceOf } from '../../model/findings.ts';
import type { Remark } from '../../model/remark.ts';
import type { StateEntry } from '../../model/views.ts';
import { count, titleOf } from '../../phrases.ts';
import { listRemarks, listStates } from '../../store/works.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { Day } from '../parts.tsx';
import { StoryMap } from '../reading/map.tsx';
import { type Desk, previewPath, sitDown, studioPath, writingPath } from './desk.ts';
import { Action, Line, namedPassages, PassageMenu, type Sent } from './forms.tsx';
import { StudioFrame } from './frame.tsx';
import { Outline } from './outline.tsx';
import { Publication } from './publication.tsx';
import { stageName } from './works.tsx';

/** `GET /studio/:handle`: the desk of one work. */
export const deskPage: Page = (archive) => async (c) =>
  showDesk(c, archive, await sitDown(c, archive), { did: c.req.query('did') });

/** Answers with the desk; 422 with a form that came back. */
export async function showDesk(
  c: Context,
  archive: Archive,
  desk: Desk,
  { sent, did }: { readonly sent?: Sent; readonly did?: string | undefined } = {},
): Promise<Response> {
  const states = await listStates(archive.store, desk.work.id);
  const remarks = await listRemarks(archive.store, desk.work.id);
  const page = <DeskPage {...{ archive, desk, states, remarks, sent, did }} />;
  return render(c, page, { cache: 'private', status: sent === undefined ? 200 : 422 });
}

interface DeskPageProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly states: readonly StateEntry[];
  readonly remarks: readonly Remark[];
  readonly sent: Sent | undefined;
  readonly did: string | undefined;
}

const DeskPage: FC<DeskPageProps> = (props) => {
  const { archive, desk, sent, did } = props;
  const { work } = desk;
  return (
    <StudioFrame archive={archive} title={`Writing ${titleOf(work)}`} did={did} fault={sent?.fault}>
      <div class="desk">
        <section class="desk-main" aria-labelledby="title">
          <p class="up">
            <a href="/studio">Your stories</a>
          </p>
          <h1 id="title">{titleOf(work)}</h1>
          <p class="facts">
            <span>{stageName(work)}</span>
            <span>version {work.state}</span>
            <span>
              <a href={previewPath(work)}>See it as readers will</a>
            </span>
          </p>
          <p class="ways-row">
            <a class="button button-main" href={writingPath(work.id, nextToWrite(desk))}>
              Go on writing
            </a>
            <a class="button" href={studioPath(work.id, '/header')}>
              Title, tags and notes
            </a>
          </p>
          <section aria-labelledby="passages">
            <h2 id="passages">Passages</h2>
            <p class="says">{sentenceOf(findingsOf(desk.story))}</p>
            <Troubles desk={desk} />
            <Outline desk={desk} />
            <Action desk={desk} name="passages" title="Add a passage" button="Add it" sent={sent}>
              <Line name="title" label="Its title" />
              <PassageMenu desk={desk} name="passage" label="After" none="the last passage" />
            </Action>
          </section>
        </section>
        <aside class="desk-map" aria-label="Map">
          <StoryMap opened={desk.opened} to={(key) => writingPath(work.id, key)} />
        </aside>
        <aside class="desk-side" aria-label="This work">
          <Publication {...props} />
        </aside>
        <Versions {...props} />
      </div>
    </StudioFrame>
  );
};

/** The first passage without words, else the first of all. */
function nextToWrite({ story }: Desk): string {
  return (story.passages.find((p) => p.words === 0) ?? story.passages[0])?.key ?? '';
}

/** What the program finds that a reader would stumble over, each with the way there. */
const Troubles: FC<{ readonly desk: Desk }> = ({ desk }) => {
  const found = troublesOf(desk, findingsOf(desk.story));
  if (found.length === 0) return null;
  return (
    <ul class="troubles">
      {found.map(({ key, words }) => (
        <li>
          <a href={writingPath(desk.work.id, key)}>{nameIn(desk, key)}</a> {words}
        </li>
      ))}
    </ul>
  );
};

function troublesOf(
  { story }: Desk,
  findings: Findings,
): readonly { readonly key: string; readonly words: string }[] {
  const at = (words: string) => (key: string) => ({ key, words });
  return [
    ...findings.unreachable.map(at('cannot be reached: no way leads there.')),
    ...findings.deadEnds.map(at('leads nowhere and is no ending.')),
    ...findings.empty.map(at('has no words yet.')),
    ...findings.neverOffered.map(({ index, why }) => {
      const choice = story.choices[index];
      return { key: choice?.from ?? '', words: `offers “${choice?.label ?? ''}” to nobody: ${why}.` };
    }),
  ];
}

function nameIn(desk: Desk, key: string): string {
  return namedPassages(desk).find((p) => p.key === key)?.name ?? key;
}

/** Every version: any two to be compared, any to be restored. */
const Versions: FC<DeskPageProps> = ({ desk: { work }, states }) => (
  <section class="versions" aria-labelledby="versions">
    <h2 id="versions">Versions</h2>
    {states.length > 1 ? (
      <form action={studioPath(work.id, '/compare')} class="compare-pick">
        <p class="soft">Choose two to compare.</p>
        <label class="field">
          The first{' '}
          <select name="a">
            <StateOptions states={states} chosen={states.length - 1} />
          </select>
        </label>
        <label class="field">
          The second{' '}
          <select name="b">
            <StateOptions states={states} chosen={states.length} />
          </select>
        </label>
        <p>
          <button class="button" type="submit">
            Compare them
          </button>
        </p>
      </form>
    ) : (
      <p class="soft">This is the first. Each time you save, what it was before is kept here.</p>
    )}
    <ol class="history" reversed>
      {states.toReversed().map(({ number, madeAt, why }) => (
        <li value={number}>
          <p>
            version {number} · {why} · <Day at={madeAt} />
            {number === work.state && ' · as it stands now'}
          </p>
          {number !== work.state && (
            <form method="post" action={studioPath(work.id, '/states')}>
              <button class="button button-small" type="submit" name="number" value={String(number)}>
                Restore version {number}
              </button>
            </form>
          )}
        </li>
      ))}
    </ol>
    <p class="soft">{count(states.length, 'version')}. Restoring makes a new one; nothing is lost by it.</p>
  </section>
);

const StateOptions: FC<{ readonly states: readonly StateEntry[]; readonly chosen: number }> = ({
  states,
  chosen,
}) => (
  <>
    {states.map(({ number, why }) => (
      <option value={String(number)} selected={number === chosen}>
        {number}: {why}
      </option>
    ))}
  </>
);
