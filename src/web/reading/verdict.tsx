import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import { siglumOf, type VariantSet } from '../../model/state.ts';
import type { Tally } from '../../model/views.ts';
import { listNames } from '../../model/work.ts';
import { branchName, count, titleOf } from '../../phrases.ts';
import { castVerdict, findVerdict, tally } from '../../store/talk/verdicts.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { tooOften } from '../errors.tsx';
import { ownPath, readForm } from '../forms.ts';
import { openedWork } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';
import { holdForm } from '../held.tsx';
import { Layout } from '../layout.tsx';
import { Siglum, siglumClass } from '../parts.tsx';
import { limit } from '../serving/limits.ts';
import { readersOf } from '../session.ts';
import { comparePath } from './work.tsx';

/** `POST /works/:handle/verdicts`: says which branches a reader prefers at a place; the last word counts. */
export const verdictForm: Page = (archive) => {
  const readers = readersOf(archive);
  const often = limit(60, 600);
  return async (c) => {
    const opened = openedWork(c);
    const form = await readForm(c);
    const set = setAt(opened, form.get('place'));
    const sigla = [...new Set(form.all('sigla').flatMap((value) => value.split(/[\s,]+/)))].filter(
      (s) => s !== '',
    );
    const back = ownPath(form.get('back'));

    if (sigla.length === 0)
      return showTally(c, archive, { opened, set, mine: undefined, back, isEmpty: true });
    const address = readers.address(c);
    if (!often.take(address)) return holdForm(c, archive, tooOften);

    const reader = readers.get(c);
    await castVerdict(archive.store, { workId: opened.work.id, place: set.place, sigla, reader, address });

    const query = back === null ? '' : `?back=${encodeURIComponent(back)}`;
    return c.redirect(workPath(opened.handle, `/verdicts/${set.place}${query}`), 303);
  };
};

/** `GET /works/:handle/verdicts/:place`: what readers prefer, for those who have said it and those who ask. */
export const tallyPage: Page = (archive) => {
  const readers = readersOf(archive);
  return async (c) => {
    const opened = openedWork(c);
    const set = setAt(opened, c.req.param('place') ?? '');
    const reader = readers.find(c);
    const mine =
      reader === undefined ? undefined : await findVerdict(archive.store, opened.work.id, set.place, reader);
    return showTally(c, archive, { opened, set, mine, back: ownPath(c.req.query('back') ?? '') });
  };
};

function setAt({ work }: OpenedWork, place: string): VariantSet {
  const set = work.variantSets.find((s) => s.place === place);
  if (set === undefined)
    throw new NotFound(`web: the story does not divide at ${JSON.stringify(place.slice(0, 80))}`);
  return set;
}

interface Asked {
  readonly opened: OpenedWork;
  readonly set: VariantSet;
  /** What the reader who asks said before. */
  readonly mine: readonly string[] | undefined;
  readonly back: string | null;
  /** Whether a form came without any branch chosen. */
  readonly isEmpty?: boolean;
}

async function showTally(c: Context, archive: Archive, asked: Asked): Promise<Response> {
  const { work, handle } = asked.opened;
  const counted = await tally(archive.store, work.id, asked.set.place);
  const title = `What readers of ${titleOf(work)} prefer`;
  return render(
    c,
    <Layout archive={archive} title={title} here="works" noindex>
      <article class="page verdicts">
        <p class="up">
          <a href={asked.back ?? workPath(handle)}>
            {asked.back === null ? titleOf(work) : 'Back to where you were reading'}
          </a>
        </p>
        <h1>What readers prefer</h1>
        {asked.mine !== undefined && (
          <p class="card saved" role="status">
            You prefer {listNames(asked.mine)}. You can change your mind below.
          </p>
        )}
        <Counts {...asked} tally={counted} />
        <Form {...asked} />
      </article>
    </Layout>,
    { cache: 'private', status: asked.isEmpty === true ? 422 : 200 },
  );
}

const Counts: FC<Asked & { readonly tally: Tally }> = ({ opened, set, tally: { readers, counts } }) => {
  if (readers === 0) return <p>Nobody has said anything yet.</p>;
  const several = [...counts].filter(([sigla, n]) => n > 0 && !set.branches.some((b) => b.siglum === sigla));
  return (
    <>
      <p>{count(readers, 'reader')} answered.</p>
      <ul class="tally">
        {set.branches.map(({ siglum }) => (
          <li class={siglumClass(siglum)}>
            <span>
              <Siglum letter={siglum} /> {nameOf(opened, set, siglum)}
            </span>
            <span>{counts.get(siglum) ?? 0}</span>
            <Bar share={(counts.get(siglum) ?? 0) / readers} />
          </li>
        ))}
        {several.map(([sigla, n]) => (
          <li>
            <span>{listNames(lettersOf(sigla, set))} alike</span>
            <span>{n}</span>
            <Bar share={n / readers} />
          </li>
        ))}
      </ul>
    </>
  );
};

/** The letters of a subset in order; sigla past Z have two letters, so a subset is read by what the set has. */
function lettersOf(sigla: string, set: VariantSet): readonly string[] {
  const letters: string[] = [];
  for (let rest = sigla, i = set.branches.length - 1; i >= 0; i--) {
    const siglum = siglumOf(i);
    if (!rest.endsWith(siglum)) continue;
    letters.unshift(siglum);
    rest = rest.slice(0, -siglum.length);
  }
  return letters;
}

const Bar: FC<{ readonly share: number }> = ({ share }) => (
  <svg class="bar" width="100%" height="8" aria-hidden="true">
    <rect class="bar-whole" width="100%" height="8" rx="4" />
    <rect class="bar-part" width={`${Math.round(share * 100)}%`} height="8" rx="4" />
  </svg>
);

const Form: FC<Asked> = ({ opened, set, mine, back, isEmpty }) => (
  <form class="card verdict" method="post" action={workPath(opened.handle, '/verdicts')}>
    <h2 id="prefer">{mine === undefined ? 'Which do you prefer?' : 'Change your answer'}</h2>
    {isEmpty === true && (
      <p id="reason" class="reason" role="alert">
        Choose one or more: an answer without any says nothing.
      </p>
    )}
    <input type="hidden" name="place" value={set.place} />
    {back !== null && <input type="hidden" name="back" value={back} />}
    <fieldset
      class="verdict-choices"
      aria-labelledby="prefer"
      aria-describedby={isEmpty ? 'reason' : undefined}
    >
      {set.branches.map(({ siglum }) => (
        <label class="button">
          <input type="checkbox" name="sigla" value={siglum} checked={mine?.includes(siglum) ?? false} />{' '}
          <Siglum letter={siglum} /> {nameOf(opened, set, siglum)}
        </label>
      ))}
    </fieldset>
    <p>
      <button class="button button-main" type="submit">
        That is my answer
      </button>
    </p>
    <p class="facts">
      <span>
        <a href={comparePath(opened.handle, set.place, set.branches[0]?.siglum, set.branches[1]?.siglum)}>
          Compare them, word by word
        </a>
      </span>
      <span>Your answer is kept by a cookie with a random number; no name goes with it.</span>
    </p>
  </form>
);

function nameOf({ work }: OpenedWork, set: VariantSet, siglum: string): string {
  const branch = set.branches.find((b) => b.siglum === siglum);
  if (branch === undefined) return siglum;
  return branchName(
    branch,
    work.entries.find((entry) => entry.key === branch.head),
  ).name;
}
