import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../../errors.ts';
import { count, titleOf } from '../../../phrases.ts';
import { reviseWork } from '../../../store/writing.ts';
import { longestSought, type Sought } from '../../../writing/find.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { readForm } from '../../forms.ts';
import { type Desk, leadTo, sitDown, studioPath, writingPath } from '../desk.ts';
import { type Fault, faultOf, Reason, StudioFrame } from '../frame.tsx';
import { type FoundPart, findInStory, placeName, replaceInStory } from './finding.ts';

/** `GET /studio/:handle/find?q=`: where words stand in a whole story, and a form to put others in their place. */
export const findPage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const sought = soughtIn((name) => c.req.query(name) ?? '');
  return showFound(c, archive, desk, { sought, by: '', did: c.req.query('did') });
};

/** `POST /studio/:handle/replacements`: puts other words at the chosen places, as one version. */
export const replaceForm: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const sought = soughtIn((name) => form.get(name));
  const by = form.get('by').slice(0, mostWords);
  try {
    if (Number(form.get('base')) !== desk.work.state)
      throw new Conflict(
        'web/studio: the story was saved meanwhile; look at the places again, then replace them',
      );
    const { work, header } = desk;
    const chosen = form.get('do') === 'all' ? 'all' : new Set(form.all('place'));
    const replaced = replaceInStory(desk.story, findInStory(desk, sought), chosen, by);
    const why = `replaced “${sought.words}” by “${by}” in ${count(replaced.count, 'place')}`;
    await reviseWork(archive.store, work.id, {
      header,
      story: replaced.story,
      base: work.state,
      why,
      by: desk.by.id,
    });
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof Conflict)) throw error;
    const fault = faultOf(error);
    return showFound(c, archive, desk, { sought, by, fault, chosen: new Set(form.all('place')) });
  }
  return leadTo(c, studioPath(desk.work.id, '/find'), 'replaced');
};

/** As long as the words that are put in may be. */
const mostWords = 1_000;
/** At most this many places are shown; “all of them” replaces those beyond too. */
const mostShown = 400;

function soughtIn(field: (name: string) => string): Sought {
  return {
    words: field('q').slice(0, longestSought).trim(),
    matchCase: field('case') === 'yes',
    wholeWord: field('word') === 'yes',
  };
}

interface FindProps {
  readonly sought: Sought;
  readonly by: string;
  readonly did?: string | undefined;
  readonly fault?: Fault;
  /** The places chosen when the form came back; all of them where it is new. */
  readonly chosen?: ReadonlySet<string>;
}

function showFound(c: Context, archive: Archive, desk: Desk, props: FindProps): Promise<Response> {
  const found = findInStory(desk, props.sought);
  const page = <FindPage {...{ archive, desk, found }} {...props} />;
  return render(c, page, { cache: 'private', status: props.fault === undefined ? 200 : 422 });
}

const FindPage: FC<
  FindProps & { readonly archive: Archive; readonly desk: Desk; readonly found: readonly FoundPart[] }
> = (props) => {
  const { archive, desk, found, sought, did } = props;
  const total = found.reduce((sum, { places }) => sum + places.length, 0);
  return (
    <StudioFrame archive={archive} title={`Find in ${titleOf(desk.work)}`} did={did}>
      <div class="studio-page find">
        <p class="up">
          <a href={studioPath(desk.work.id)}>{titleOf(desk.work)}</a>
        </p>
        <h1>Find and replace</h1>
        {did === 'replaced' && desk.work.state > 1 && <TakeBack desk={desk} />}
        <form action={studioPath(desk.work.id, '/find')} class="find-form">
          <label class="field">
            Words <input name="q" type="search" value={sought.words} maxlength={longestSought} required />
          </label>
          <p class="boxes">
            <label>
              <input type="checkbox" name="word" value="yes" checked={sought.wholeWord} /> Whole words only
            </label>
            <label>
              <input type="checkbox" name="case" value="yes" checked={sought.matchCase} /> Capitals as written
            </label>
          </p>
          <p>
            <button class={total > 0 ? 'button' : 'button button-main'} type="submit">
              Find
            </button>
          </p>
        </form>
        {sought.words !== '' && (
          <p role="status">
            {total === 0
              ? `“${sought.words}” stands nowhere in this story.`
              : `“${sought.words}” stands in ${count(total, 'place')}.`}
          </p>
        )}
        {total > 0 && <Replace {...props} total={total} />}
        <p class="soft">
          Looked through are the saved texts, titles, choices and labels. Drafts that are not saved yet are
          left as they are.
        </p>
      </div>
    </StudioFrame>
  );
};

const TakeBack: FC<{ readonly desk: Desk }> = ({ desk: { work } }) => (
  <form method="post" action={studioPath(work.id, '/states')} class="card">
    <p>
      Replaced, as version {work.state}. What stood there before is kept as version {work.state - 1}.
    </p>
    <p>
      <button class="button button-small" type="submit" name="number" value={String(work.state - 1)}>
        Take it back
      </button>
    </p>
  </form>
);

const Replace: FC<
  FindProps & { readonly desk: Desk; readonly found: readonly FoundPart[]; readonly total: number }
> = ({ desk, found, total, sought, by, chosen, fault }) => {
  let shown = 0;
  return (
    <form method="post" action={studioPath(desk.work.id, '/replacements')} class="studio-form">
      <input type="hidden" name="base" value={String(desk.work.state)} />
      <input type="hidden" name="q" value={sought.words} />
      {sought.wholeWord && <input type="hidden" name="word" value="yes" />}
      {sought.matchCase && <input type="hidden" name="case" value="yes" />}
      <Reason id="fault-replacements" fault={fault} />
      <label class="field">
        Replace by <input name="by" value={by} maxlength={mostWords} />
      </label>
      {found.map((part) => (
        <fieldset class="found">
          <legend>
            <a href={writingPath(desk.work.id, part.passage)}>{part.name}</a>{' '}
            <span class="soft">· {count(part.places.length, 'place')}</span>
          </legend>
          {part.places.map(({ from, to }, i) => {
            if (shown++ >= mostShown) return null;
            const name = placeName(part, i);
            return (
              <label class="found-place">
                <input
                  type="checkbox"
                  name="place"
                  value={name}
                  checked={chosen === undefined || chosen.has(name)}
                />
                <span>
                  {before(part.words, from)}
                  <mark>{part.words.slice(from, to)}</mark>
                  {after(part.words, to)}
                </span>
              </label>
            );
          })}
        </fieldset>
      ))}
      {total > mostShown && (
        <p class="soft">
          The first {mostShown} are shown. “Replace all {total}” is for those beyond, too.
        </p>
      )}
      <p class="ways-row">
        <button class="button button-main" type="submit" name="do" value="chosen">
          Replace the chosen
        </button>
        <button class="button" type="submit" name="do" value="all">
          Replace all {total}
        </button>
      </p>
    </form>
  );
};

/** Characters shown around a place. */
const around = 60;

function before(words: string, from: number): string {
  const line = words.slice(Math.max(0, words.lastIndexOf('\n', from - 1) + 1), from);
  return line.length > around ? `…${line.slice(-around)}` : line;
}

function after(words: string, to: number): string {
  const end = words.indexOf('\n', to);
  const line = words.slice(to, end < 0 ? undefined : end);
  return line.length > around ? `${line.slice(0, around)}…` : line;
}
