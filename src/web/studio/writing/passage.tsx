import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import { NotFound } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { findingsOf } from '../../../model/graph/findings.ts';
import type { Passage } from '../../../model/state.ts';
import type { Suggestion } from '../../../model/suggestion.ts';
import type { StateEntry } from '../../../model/views.ts';
import { count, titleOf } from '../../../phrases.ts';
import { listStates } from '../../../store/works.ts';
import { findPlaces, listSuggestions, type MapPlace } from '../../../store/writing.ts';
import { standingIds } from '../../../writing/take-in.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { Cards } from '../../betas/cards.tsx';
import { workPath } from '../../handle.ts';
import { Day } from '../../parts.tsx';
import { tellStory } from '../../reading/story.ts';
import { type Desk, findPassage, sitDown, studioPath, writingPath } from '../desk.ts';
import { StudioFrame } from '../frame.tsx';
import { Standing } from '../publishing/standing.tsx';
import { FindingsHere } from '../story/findings.tsx';
import { ForkForms } from '../story/fork-forms.tsx';
import { type Sent, type Shown, statusOf } from '../story/forms.tsx';
import { Outline } from '../story/outline.tsx';
import { MapBeside } from '../story/story-map.tsx';
import { ownAddress, troublesOf } from '../story/troubles.tsx';
import { DraftNote } from './draft-note.tsx';
import { type KeptDraft, keptDraft, passageDrafts, type TypedPassage } from './drafts.ts';
import { editedText, readyTexts, typedText } from './text.ts';
import { signsHint, TextForm } from './text-form.tsx';
import { TitleLine } from './title-line.tsx';

/** `GET /studio/:handle/passages/:key`: one passage to write, and everything that can be done with it. */
export const writingPage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const [did, asked] = [c.req.query('did'), c.req.query('form')];
  return showPassage(c, archive, desk, c.req.param('key') ?? '', { did, asked });
};

/** Answers with the page of a passage; 422 with a form that came back, 409 with one that came late. @throws NotFound */
export async function showPassage(
  c: Context,
  archive: Archive,
  desk: Desk,
  key: string,
  { sent, did, asked }: Shown = {},
): Promise<Response> {
  const found = findPassage(desk, key);
  if (found === undefined)
    throw new NotFound(`web/studio: the story has no passage ${JSON.stringify(key.slice(0, 80))}`);
  const draft = await keptDraft(archive, desk, key, passageDrafts);
  const states = await listStates(archive.store, desk.work.id);
  const suggestions = await listSuggestions(archive.store, desk.work.id, { passage: key });
  const places = await findPlaces(archive.store, desk.work.id);
  await readyTexts(draft === undefined ? [] : [draft.typed.text], [found.passage.html], desk.actor.id);
  const page = (
    <PassagePage {...{ archive, desk, draft, states, places, suggestions, sent, did, asked }} {...found} />
  );
  return render(c, page, { cache: 'private', status: statusOf(sent) });
}

interface PassagePageProps {
  readonly archive: Archive;
  readonly desk: Desk;
  readonly passage: Passage<CleanHtml>;
  readonly draft: KeptDraft | undefined;
  readonly states: readonly StateEntry[];
  readonly places: readonly MapPlace[];
  readonly suggestions: readonly Suggestion[];
  readonly sent: Sent | undefined;
  readonly did: string | undefined;
  readonly asked: string | undefined;
}

const PassagePage: FC<PassagePageProps> = (props) => {
  const { archive, desk, passage, draft, states, places, suggestions, sent, did, asked } = props;
  const { work, story } = desk;
  const told = tellStory(story);
  const findings = findingsOf(story);
  const troubles = troublesOf(story, findings, ownAddress(archive, work));
  const name = told.nameOf(passage.key);
  return (
    <StudioFrame archive={archive} title={`${name} · ${titleOf(work)}`} did={did} fault={sent?.fault}>
      <div class="desk">
        <section class="desk-main" aria-labelledby="name">
          <div class="desk-top">
            <p class="up">
              <a href={studioPath(work.id)}>{titleOf(work)}</a>
            </p>
            <Standing desk={desk} hasDraft={draft !== undefined} />
          </div>
          <h1 id="name" class="unseen">
            {name}
          </h1>
          <Editor {...props} />
          <FindingsHere {...{ work, told, findings, troubles }} here={passage.key} />
        </section>
        <aside class="desk-side" aria-label="This passage">
          {suggestions.length > 0 && (
            <Cards
              viewer="author"
              desk={desk}
              suggestions={suggestions}
              standing={standingIds(passage.key, passage.html, suggestions)}
              here={passage.key}
              replied={sent?.name === 'suggestions' ? sent.form : undefined}
            />
          )}
          <History work={work} states={states} />
          <ForkForms {...{ desk, passage, sent, asked }} />
        </aside>
        <aside class="desk-map" aria-label="The story">
          <MapBeside
            {...{ work, told, troubles, places }}
            to={(key) => writingPath(work.id, key)}
            here={passage.key}
            writes
          />
          <Outline work={work} told={told} here={passage.key} />
        </aside>
      </div>
    </StudioFrame>
  );
};

const Editor: FC<PassagePageProps> = ({ desk, passage, draft }) => {
  const { work } = desk;
  const typed: TypedPassage = draft?.typed ?? {
    title: passage.title ?? '',
    text: typedText(passage.html),
    ending: passage.ending,
  };
  const html = draft === undefined ? passage.html : editedText(draft.typed.text, passage.html);
  return (
    <>
      {draft !== undefined && (
        <DraftNote draft={draft} drafts={`${writingPath(work.id, passage.key)}/drafts`}>
          Nobody else sees it.
        </DraftNote>
      )}
      <PassageForm
        desk={desk}
        passageKey={passage.key}
        typed={typed}
        html={html}
        base={draft?.base ?? work.state}
        draft={draft?.number ?? 0}
      >
        <p class="facts">
          <span>{count(passage.words, 'word')} saved</span>
          <span>
            <a href={studioPath(work.id, `/play/${passage.key}`)}>Play from here</a>
          </span>
          <span>
            <a href={studioPath(work.id, '/find')} aria-keyshortcuts="Control+Shift+F" data-find>
              Find and replace
            </a>
          </span>
          <span>
            <a href={studioPath(work.id, '/pictures')}>Pictures</a>
          </span>
        </p>
      </PassageForm>
    </>
  );
};

interface PassageFormProps {
  /** The text that is typed, as `typed.text` reads; null where the editor cannot hold it. */
  readonly html: CleanHtml | null;
  readonly desk: Desk;
  readonly passageKey: string;
  readonly typed: TypedPassage;
  /** The state the text was made from, and the number of the draft the page knows. */
  readonly base: number;
  readonly draft: number;
  /** Whether it was brought together of several, so that nothing a device kept may come before it. */
  readonly isMerged?: boolean;
  readonly children?: Child;
}

/** The text itself, to be saved as a version or kept as a draft. */
export const PassageForm: FC<PassageFormProps> = (props) => {
  const { desk, passageKey, typed, html, base, draft, isMerged, children } = props;
  const path = writingPath(desk.work.id, passageKey);
  return (
    <TextForm
      action={`${path}/states`}
      drafts={`${path}/drafts`}
      kept={`${desk.actor.id}/${desk.work.id}/${passageKey}`}
      text={typed.text}
      html={html}
      from={{ base, draft }}
      fields={['title', 'ending']}
      language={desk.header.language}
      images={workPath(`${desk.work.id}-${desk.work.secret}`, '/resources/')}
      pictures={studioPath(desk.work.id, '/pictures')}
      isMerged={isMerged}
      hint={signsHint}
      before={<TitleLine desk={desk} passageKey={passageKey} title={typed.title} />}
    >
      {children}
      <p>
        <label class="box">
          <input type="checkbox" name="ending" value="yes" checked={typed.ending} /> The story ends here
        </label>
      </p>
      <div class="save-row">
        <label class="field">
          What changed, for the history <input name="why" maxlength={300} placeholder="revised" />
        </label>
        <p class="ways-row">
          <button class="button button-main" type="submit">
            Save version
          </button>
          <button class="button" type="submit" formaction={`${path}/drafts`}>
            Keep as a draft
          </button>
        </p>
      </div>
    </TextForm>
  );
};

const mostStates = 4;

/** The newest versions, and the way to all of them. */
const History: FC<{ readonly work: Desk['work']; readonly states: readonly StateEntry[] }> = ({
  work,
  states,
}) => (
  <section aria-labelledby="history">
    <h2 id="history">History</h2>
    <ol class="history" reversed>
      {states
        .toReversed()
        .slice(0, mostStates)
        .map(({ number, madeAt, why }) => (
          <li value={number}>
            version {number} · {why} · <Day at={madeAt} />
          </li>
        ))}
    </ol>
    <p>
      <a class="history-all" href={studioPath(work.id, '#versions')}>
        Compare and restore
      </a>
    </p>
  </section>
);
