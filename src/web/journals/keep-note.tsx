import type { Context } from 'hono';
import { addPassage, noWords } from '../../model/edit.ts';
import type { AccountActor } from '../../model/person.ts';
import type { Story } from '../../model/state.ts';
import { emptyHeader } from '../../model/work.ts';
import { titleOf } from '../../phrases.ts';
import { createWork } from '../../store/writing.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { readForm } from '../forms.ts';
import { type Desk, sitDown, stateAt } from '../studio/desk.ts';
import { keep, keptDraft } from '../studio/writing/drafts.ts';
import { answer, type Clash, keepTyped } from '../studio/writing/keep.ts';
import { bringTogether, fieldsOfBoth, TwoTexts } from '../studio/writing/two-texts.tsx';
import { keptName, NoteForm } from './note-form.tsx';
import { writtenNotePath } from './stories.ts';
import {
  faultsOf,
  namesFor,
  noteDrafts,
  rewritten,
  savedNote,
  sentNote,
  type TypedNote,
} from './typed-note.ts';

/** `POST /studio/notes/:handle/drafts`: keeps what was typed in a note (`keepTyped`). */
export const keepNote: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const typed = sentNote(form);
  return keepTyped(c, archive, {
    desk,
    passage: passageOf(desk),
    kind: noteDrafts,
    typed,
    form,
    path: writtenNotePath(desk.work.id),
    savedIn: async (state) => {
      const { header, story } = await stateAt(archive, desk, state);
      return savedNote(header, story);
    },
    savedNow: () => savedNote(desk.header, desk.story),
    sources: async (base, draft) => ({ base: String(base), draft: String(draft) }),
    showConflict: (clash) => showNoteConflict(c, archive, desk, typed, clash),
  });
};

/** The key of the one passage of a note. */
export function passageOf({ story }: Pick<Desk, 'story'>): string {
  return story.passages[0]?.key ?? '';
}

/**
 * Begins a note for a script that keeps what is typed in a new one: an empty one, with what was typed as its draft. The
 * script is told where it goes on; without any words there is nothing to begin.
 */
export async function beginKept(
  c: Context,
  archive: Archive,
  actor: AccountActor,
  by: string,
  typed: TypedNote,
): Promise<Response> {
  if ((typed.title + typed.text).trim() === '') return answer(c, { kind: 'kept', from: {} });
  const empty = addPassage(nothing, null, noWords);
  const title = typed.title.slice(0, 300);
  const posted = faultsOf(typed, false).some(({ path }) => path === 'posted') ? '' : typed.posted;
  const { header, story } = rewritten({ ...typed, title, posted, text: '' }, emptyHeader, empty);
  const work = { kind: 'note', title: header.title, creators: [by], header, story, by } as const;
  const id = await createWork(archive.store, work);
  const passage = passageOf({ story });
  const draft = await keep(archive, { work: { id }, actor }, passage, noteDrafts, { typed, base: 1 });
  const path = writtenNotePath(id);
  const from = { base: '1', draft: String(draft) };
  const kept = keptName(actor.id, id, passage);
  return answer(c, { kind: 'begun', path, drafts: `${path}/drafts`, kept, from });
}

/** A note without a passage. */
export const nothing: Story<never> = { passages: [], choices: [], variantSets: [] };

/** Shows both texts of a note, and a form with the changes of both. */
export async function showNoteConflict(
  c: Context,
  archive: Archive,
  desk: Desk,
  typed: TypedNote,
  clash: Clash<TypedNote>,
): Promise<Response> {
  const draft = await keptDraft(archive, desk, passageOf(desk), noteDrafts);
  const now = savedNote(desk.header, desk.story);
  const together = await bringTogether(typed, clash, now, desk.actor.id);
  const { title = '', posted = '' } = fieldsOfBoth(noteDrafts, typed, clash, now);
  const page = (
    <TwoTexts
      archive={archive}
      title={titleOf(desk.work)}
      up={writtenNotePath(desk.work.id)}
      what="note"
      {...{ clash, now, together }}
      language={desk.header.language}
      form={({ text, html }) => (
        <NoteForm
          desk={desk}
          accountId={desk.actor.id}
          typed={{ ...typed, title, posted, text }}
          html={html}
          from={{ base: clash.base, draft: draft?.number ?? 0 }}
          faults={[]}
          pseuds={namesFor(desk)}
          isMerged
        />
      )}
    />
  );
  return render(c, page, { cache: 'private', status: 409 });
}
