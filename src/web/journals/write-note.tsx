import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { addPassage, noWords } from '../../model/edit.ts';
import { emptyHeader } from '../../model/work.ts';
import { titleOf } from '../../phrases.ts';
import { moveWork } from '../../store/leaving.ts';
import { listStates, publishWork } from '../../store/works.ts';
import { arrangeWork, createWork, reviseWork, unpublishWork } from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { readForm } from '../forms.ts';
import { notePath } from '../handle.ts';
import { type Desk, leadTo, penName, satAgain, sitDown, stateAt } from '../studio/desk.ts';
import { faultOf, StudioFrame } from '../studio/frame.tsx';
import { Versions } from '../studio/work.tsx';
import { stageName } from '../studio/works.tsx';
import { DraftNote } from '../studio/writing/draft-note.tsx';
import { forgetSent, type KeptDraft, keptDraft } from '../studio/writing/drafts.ts';
import { asksForJson, isSame } from '../studio/writing/keep.ts';
import { editedText, readyTexts } from '../studio/writing/text.ts';
import { beginKept, nothing, passageOf, showNoteConflict } from './keep-note.tsx';
import { NoteForm, type NoteFormProps } from './note-form.tsx';
import { writtenNotePath } from './stories.ts';
import {
  faultsOf,
  namesFor,
  newNote,
  noteDrafts,
  rewritten,
  savedNote,
  sentNote,
  type TypedNote,
  typedNote,
} from './typed-note.ts';

/** `GET /studio/notes/new?as=`: a note to be written, under the name that is asked for. */
export const newNotePage: Page = (archive) => async (c) => {
  const { id, pseuds } = await accountOf(c, archive);
  const typed = { ...newNote, pseud: c.req.query('as') ?? '' };
  return show(c, archive, { accountId: id, typed, html: blank, from: unbegun, faults: [], pseuds });
};

const blank = '' as CleanHtml;
const unbegun = { base: 0, draft: 0 };

/** `POST /studio/notes`: begins a note, and publishes it where that is asked; or begins it for a script (`beginKept`). */
export const beginNote: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const typed = sentNote(form);
  const by = actor.pseuds.find(({ id }) => id === typed.pseud) ?? penName(actor);
  if (asksForJson(c)) return beginKept(c, archive, actor, by.id, typed);
  const isOut = form.get('do') === 'publish';
  await readyTexts([typed.text], [], actor.id);
  const html = editedText(typed.text, blank);
  const again = { accountId: actor.id, typed, html, from: unbegun, pseuds: actor.pseuds };

  const faults = faultsOf(typed, isOut);
  if (faults.length > 0) return show(c, archive, { ...again, faults });
  try {
    const { header, story } = rewritten(typed, emptyHeader, addPassage(nothing, null, noWords));
    const { title } = header;
    const work = { kind: 'note', title, creators: [by.id], header, story, by: by.id } as const;
    const id = await createWork(archive.store, work);
    return leadTo(c, writtenNotePath(id), await settle(archive, id, typed, isOut, by.id));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return show(c, archive, { ...again, faults: [faultOf(error)] });
  }
};

/** `GET /studio/notes/:handle` */
export const writeNotePage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const kept = await keptDraft(archive, desk, passageOf(desk), noteDrafts);
  const saved = desk.story.passages.map(({ html }) => html);
  await readyTexts(kept === undefined ? [] : [kept.typed.text], saved, desk.actor.id);
  const typed = kept?.typed ?? typedNote(desk);
  const from = { base: kept?.base ?? desk.work.state, draft: kept?.number ?? 0 };
  return show(c, archive, { ...(await again(desk, typed)), from, faults: [], kept, did: c.req.query('did') });
};

/** What the page of a note shows of what is typed in it. */
async function again(desk: Desk, typed: TypedNote) {
  const html = desk.story.passages[0]?.html ?? blank;
  await readyTexts([typed.text], [html], desk.actor.id);
  const pseuds = namesFor(desk);
  return { desk, accountId: desk.actor.id, typed, html: editedText(typed.text, html), pseuds };
}

/** `POST /studio/notes/:handle`: saves it as a new state, publishes it, or takes it back. */
export const saveNote: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const { work } = desk;
  const todo = form.get('do');
  const path = writtenNotePath(work.id);
  if (todo === 'unpublish') {
    await unpublishWork(archive.store, work.id, { by: desk.by.id, why: 'taken back by its author' });
    return leadTo(c, path, 'unpublished');
  }
  const typed = sentNote(form);
  const isOut = todo === 'publish';
  const from = { base: form.get('base'), draft: form.get('draft') };
  const faults = faultsOf(typed, isOut || work.stage === 'published');
  if (faults.length > 0) return show(c, archive, { ...(await again(desk, typed)), from, faults });

  const shown = await again(desk, typed);
  const then = await stateAt(archive, desk, Number(from.base));
  const was = savedNote(then.header, then.story);
  try {
    const now = savedNote(desk.header, desk.story);
    if (now === undefined || !isSame(was, now)) throw new Conflict('web/journals: someone saved this note');
    const made = { base: work.state, why: form.get('why'), by: desk.by.id };
    await reviseWork(archive.store, work.id, { ...rewritten(typed, desk.header, desk.story), ...made });
  } catch (error) {
    if (error instanceof Conflict) {
      const newer = await satAgain(archive, desk);
      return showNoteConflict(c, archive, newer, typed, { was, base: newer.work.state });
    }
    if (!(error instanceof Invalid)) throw error;
    return show(c, archive, { ...shown, from, faults: [faultOf(error)] });
  }
  const by = await putUnder(archive, desk, typed.pseud);
  await forgetSent(archive, desk, passageOf(desk), noteDrafts, { typed, draft: from.draft });
  return leadTo(c, path, await settle(archive, work.id, typed, isOut, by));
};

/** Puts a note that no reader has seen under the name she chose; gives the id of the name it is under. */
async function putUnder(archive: Archive, desk: Desk, pseud: string): Promise<string> {
  const chosen = namesFor(desk).find(({ id }) => id === pseud) ?? desk.by;
  if (chosen.id !== desk.by.id) await moveWork(archive.store, desk.work.id, desk.by, chosen);
  return chosen.id;
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

interface Shown extends NoteFormProps {
  /** The draft whose words the form holds. */
  readonly kept?: KeptDraft<TypedNote> | undefined;
  readonly did?: string | undefined;
}

async function show(c: Context, archive: Archive, shown: Shown): Promise<Response> {
  const { desk, faults, kept, did, ...form } = shown;
  const states = desk === undefined ? [] : await listStates(archive.store, desk.work.id);
  const title = desk === undefined ? 'New note' : titleOf(desk.work);
  const page = (
    <StudioFrame archive={archive} title={title} did={did} fault={faults[0]}>
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
        {desk !== undefined && kept !== undefined && (
          <DraftNote draft={kept} drafts={`${writtenNotePath(desk.work.id)}/drafts`}>
            Nobody else sees it.
          </DraftNote>
        )}
        <NoteForm {...form} desk={desk} faults={faults} />
        {desk !== undefined && <Versions desk={desk} states={states} />}
      </div>
    </StudioFrame>
  );
  return render(c, page, { cache: 'private', status: faults.length > 0 ? 422 : 200 });
}

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
