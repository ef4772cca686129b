import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { addPassage, noWords } from '../../model/edit.ts';
import type { Pseud } from '../../model/person.ts';
import type { Story } from '../../model/state.ts';
import { emptyHeader, type ThreadSetting, threadSettings } from '../../model/work.ts';
import { titleOf } from '../../phrases.ts';
import { listStates, publishWork } from '../../store/works.ts';
import { arrangeWork, createWork, reviseWork, unpublishWork } from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { readForm } from '../forms.ts';
import { notePath } from '../handle.ts';
import { type Desk, leadTo, penName, satAgain, sitDown, studioPath } from '../studio/desk.ts';
import { type Fault, faultOf, Reason, StudioFrame } from '../studio/frame.tsx';
import { LineField } from '../studio/header/header-fields.tsx';
import { PenName } from '../studio/header/new.tsx';
import { ReaderMenu } from '../studio/publishing/publication.tsx';
import { Versions } from '../studio/work.tsx';
import { stageName } from '../studio/works.tsx';
import { readyTexts } from '../studio/writing/text.ts';
import { settingNames } from '../talking/keep.tsx';
import { writtenNotePath } from './stories.ts';
import { faultsOf, newNote, rewritten, sentNote, type TypedNote, typedNote } from './typed-note.ts';

/** `GET /studio/notes/new?as=`: a note to be written, under the name that is asked for. */
export const newNotePage: Page = (archive) => async (c) => {
  const { pseuds } = await accountOf(c, archive);
  return show(c, { archive, typed: newNote, faults: [], pseuds, chosen: c.req.query('as') ?? '' });
};

/** `POST /studio/notes`: begins a note, and publishes it where that is asked. */
export const beginNote: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const typed = sentNote(form);
  const by = actor.pseuds.find(({ id }) => id === form.get('pseud')) ?? penName(actor);
  const isOut = form.get('do') === 'publish';
  const again = { archive, typed, pseuds: actor.pseuds, chosen: by.id };

  const faults = faultsOf(typed, isOut);
  if (faults.length > 0) return show(c, { ...again, faults });
  await readyTexts([typed.text], [], actor.id);
  try {
    const { header, story } = rewritten(typed, emptyHeader, addPassage(nothing, null, noWords));
    const { title } = header;
    const work = { kind: 'note', title, creators: [by.id], header, story, by: by.id } as const;
    const id = await createWork(archive.store, work);
    return leadTo(c, writtenNotePath(id), await settle(archive, id, typed, isOut, by.id));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return show(c, { ...again, faults: [faultOf(error)] });
  }
};

const nothing: Story<never> = { passages: [], choices: [], variantSets: [] };

/** `GET /studio/notes/:handle` */
export const writeNotePage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  await readyTexts([], textsOf(desk), desk.actor.id);
  const typed = typedNote(desk.work, desk.header, desk.story);
  return show(c, { archive, desk, typed, faults: [], did: c.req.query('did') });
};

/** `POST /studio/notes/:handle`: saves it as a new state, publishes it, or takes it back. */
export const saveNote: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const { work, by } = desk;
  const todo = form.get('do');
  const path = writtenNotePath(work.id);
  if (todo === 'unpublish') {
    await unpublishWork(archive.store, work.id, { by: by.id, why: 'taken back by its author' });
    return leadTo(c, path, 'unpublished');
  }
  const typed = sentNote(form);
  const isOut = todo === 'publish';
  const faults = faultsOf(typed, isOut || work.stage === 'published');
  if (faults.length > 0) return show(c, { archive, desk, typed, faults });
  await readyTexts([typed.text], textsOf(desk), desk.actor.id);

  try {
    const made = { base: Number(form.get('base')), why: form.get('why'), by: by.id };
    await reviseWork(archive.store, work.id, { ...rewritten(typed, desk.header, desk.story), ...made });
    return leadTo(c, path, await settle(archive, work.id, typed, isOut, by.id));
  } catch (error) {
    if (error instanceof Conflict) {
      const now = await satAgain(archive, desk);
      await readyTexts([], textsOf(now), desk.actor.id);
      const other = typedNote(now.work, now.header, now.story).text;
      return show(c, { archive, desk, typed, faults: [], other });
    }
    if (!(error instanceof Invalid)) throw error;
    return show(c, { archive, desk, typed, faults: [faultOf(error)] });
  }
};

function textsOf({ story }: Desk): readonly CleanHtml[] {
  return story.passages.slice(0, 1).map(({ html }) => html);
}

/** Sets for whom a note is and how its conversation is kept, publishes it where asked, and gives what to say of it. */
async function settle(
  { store }: Archive,
  id: string,
  { audience, thread }: TypedNote,
  isOut: boolean,
  by: string,
): Promise<string> {
  await arrangeWork(store, id, { audience, thread });
  if (!isOut) return 'noted';
  await publishWork(store, id, { rating: null, warnings: [], audience, by });
  return 'published';
}

interface NoteFormProps {
  readonly archive: Archive;
  /** Absent for a note that is not begun. */
  readonly desk?: Desk;
  readonly typed: TypedNote;
  readonly faults: readonly Fault[];
  readonly pseuds?: readonly Pseud[];
  /** The pseud it is written under. */
  readonly chosen?: string;
  readonly did?: string | undefined;
  /** The text that someone saved since the form was opened. */
  readonly other?: string;
}

async function show(c: Context, props: NoteFormProps): Promise<Response> {
  const { archive, desk, faults, other } = props;
  const states = desk === undefined ? [] : await listStates(archive.store, desk.work.id);
  const status = other !== undefined ? 409 : faults.length > 0 ? 422 : 200;
  const page = (
    <WritingPage {...props}>{desk !== undefined && <Versions desk={desk} states={states} />}</WritingPage>
  );
  return render(c, page, { cache: 'private', status });
}

const WritingPage: FC<NoteFormProps & { readonly children?: unknown }> = (props) => {
  const { archive, desk, did, faults, children } = props;
  const [fault] = faults;
  const title = desk === undefined ? 'New note' : titleOf(desk.work);
  return (
    <StudioFrame archive={archive} title={title} did={did} fault={fault}>
      <div class="page studio-page">
        <p class="up">
          <a href="/studio/notes">Your notes</a>
        </p>
        <h1>{title}</h1>
        {desk === undefined ? (
          <p class="soft">A note stands in your journal, by its date, beside your stories.</p>
        ) : (
          <Standing desk={desk} />
        )}
        {props.other !== undefined && <Meanwhile other={props.other} />}
        <NoteForm {...props} />
        {children}
      </div>
    </StudioFrame>
  );
};

/** How far the note is, and the way to see it. */
const Standing: FC<{ readonly desk: Desk }> = ({ desk: { work, by } }) => {
  const isOut = work.stage === 'published' && work.audience !== 'link';
  return (
    <p class="facts">
      <span>{stageName(work)}</span>
      <span>by {by.name}</span>
      <span>
        <a href={notePath(isOut ? work.id : `${work.id}-${work.secret}`)}>
          {isOut ? 'Read it' : 'See it as readers will'}
        </a>
      </span>
    </p>
  );
};

const Meanwhile: FC<{ readonly other: string }> = ({ other }) => (
  <section class="card fault-card" role="alert" aria-labelledby="meanwhile">
    <h2 id="meanwhile">Someone saved this note while you wrote</h2>
    <p>
      Nothing was overwritten, and nothing you typed is lost: it stands in the fields below. Bring the two
      together there, then save.
    </p>
    <label class="field">
      The text that is saved now
      <textarea class="writing" rows={8} readonly>{`\n${other}`}</textarea>
    </label>
  </section>
);

const NoteForm: FC<NoteFormProps> = ({ desk, typed, faults, pseuds = [], chosen = '' }) => {
  const isOut = desk?.work.stage === 'published';
  const textFault = faults.find(({ path }) => path !== 'title' && path !== 'posted');
  return (
    <form
      method="post"
      action={desk === undefined ? '/studio/notes' : writtenNotePath(desk.work.id)}
      class="studio-form"
    >
      {desk !== undefined && <input type="hidden" name="base" value={String(desk.work.state)} />}
      <LineField
        name="title"
        label="Title"
        value={typed.title}
        hint="Without one, its date is its name."
        faults={faults}
      />
      {pseuds.length > 1 && <PenName pseuds={pseuds} chosen={chosen} />}
      <p class="field">
        <label for="text">Text</label>
        <textarea
          id="text"
          name="text"
          rows={14}
          class="writing"
          dir="auto"
          spellcheck={true}
          aria-describedby={textFault === undefined ? 'text-hint' : 'text-hint text-fault'}
        >
          {`\n${typed.text}`}
        </textarea>
        <span class="hint" id="text-hint">
          An empty line ends a paragraph. *One star* leans, **two** are bold.
          {desk !== undefined && (
            <>
              {' '}
              <a href={studioPath(desk.work.id, '/pictures')}>Pictures</a> can stand in it.
            </>
          )}
        </span>
      </p>
      <Reason id="text-fault" fault={textFault} />
      <div class="field-row">
        <LineField
          name="posted"
          label="Date"
          type="date"
          value={typed.posted}
          hint="Left empty, it is the day you publish."
          faults={faults}
        />
        <ThreadMenu chosen={typed.thread} />
      </div>
      <ReaderMenu chosen={typed.audience} />
      <p class="ways-row">
        <button class="button button-main" type="submit" name="do" value="publish">
          {isOut ? 'Publish these changes' : 'Publish'}
        </button>
        {!isOut && (
          <button class="button" type="submit" name="do" value="save">
            Keep as a draft
          </button>
        )}
        {isOut && (
          <button class="button" type="submit" name="do" value="unpublish">
            Take it back
          </button>
        )}
      </p>
    </form>
  );
};

const ThreadMenu: FC<{ readonly chosen: ThreadSetting }> = ({ chosen }) => (
  <p class="field">
    <label for="thread">Its conversation</label>
    <select id="thread" name="thread">
      {threadSettings.map((setting) => (
        <option value={setting} selected={setting === chosen}>
          {settingNames[setting]}
        </option>
      ))}
    </select>
  </p>
);
