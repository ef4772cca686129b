import type { Context } from 'hono';
import { Conflict, Invalid } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import type { Passage } from '../../../model/state.ts';
import { titleOf } from '../../../phrases.ts';
import { reviseWork } from '../../../store/writing.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { readForm } from '../../forms.ts';
import {
  type Desk,
  findPassage,
  leadTo,
  satAgain,
  sitDown,
  stateAt,
  studioPath,
  writingPath,
} from '../desk.ts';
import { faultOf } from '../frame.tsx';
import {
  asTyped,
  forgetSent,
  keep,
  keptDraft,
  passageDrafts,
  sentPassage,
  type TypedPassage,
} from './drafts.ts';
import { type Clash, isSame, keepTyped, type Saved } from './keep.ts';
import { PassageForm, showPassage } from './passage.tsx';
import { readyTexts } from './text.ts';
import { bringTogether, fieldsOfBoth, TwoTexts } from './two-texts.tsx';

/** `POST /studio/:handle/passages/:key/states`: saves a passage as a new version of the work. */
export const savePassage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const typed = sentPassage(form);
  const was = savedIn(await stateAt(archive, desk, Number(form.get('base'))), key);

  const now = findPassage(desk, key)?.passage;
  await readyTexts([typed.text], now === undefined ? [] : [now.html], desk.actor.id);
  if (now === undefined || !isSame(was, asSaved(now)))
    return showConflict(c, archive, desk, { key, typed }, { was, base: desk.work.state });
  try {
    const { work, header, by } = desk;
    const story = asTyped(desk.story, now, typed);
    await reviseWork(archive.store, work.id, {
      header,
      story,
      base: work.state,
      why: form.get('why'),
      by: by.id,
    });
  } catch (error) {
    if (error instanceof Conflict) {
      const newer = await satAgain(archive, desk);
      return showConflict(c, archive, newer, { key, typed }, { was, base: newer.work.state });
    }
    if (!(error instanceof Invalid)) throw error;
    // What was typed comes back as the draft it now is.
    await keep(archive, desk, key, passageDrafts, { typed, base: desk.work.state });
    return showPassage(c, archive, desk, key, { sent: { name: 'states', form, fault: faultOf(error) } });
  }
  await forgetSent(archive, desk, key, passageDrafts, { typed, draft: form.get('draft') });
  return leadTo(c, writingPath(desk.work.id, key), 'saved');
};

/** `POST /studio/:handle/passages/:key/drafts`: keeps what was typed in a passage (`keepTyped`). */
export const keepDraft: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const typed = sentPassage(form);
  const now = findPassage(desk, key)?.passage;
  return keepTyped(c, archive, {
    desk,
    passage: key,
    kind: passageDrafts,
    typed,
    form,
    path: writingPath(desk.work.id, key),
    savedIn: async (state) => savedIn(await stateAt(archive, desk, state), key),
    savedNow: () => (now === undefined ? undefined : asSaved(now)),
    sources: async (base, draft) => ({ base: String(base), draft: String(draft) }),
    showConflict: (clash) => showConflict(c, archive, desk, { key, typed }, clash),
  });
};

function savedIn({ story }: Pick<Desk, 'story'>, key: string): Saved | undefined {
  const passage = story.passages.find((p) => p.key === key);
  return passage === undefined ? undefined : asSaved(passage);
}

function asSaved({ html, title, ending }: Passage<CleanHtml>): Saved {
  return { html, fields: passageDrafts.fieldsOf({ text: '', title: title ?? '', ending }) };
}

/** Shows both texts, and a form with the changes of both. */
async function showConflict(
  c: Context,
  archive: Archive,
  desk: Desk,
  { key, typed }: { readonly key: string; readonly typed: TypedPassage },
  clash: Clash<TypedPassage>,
): Promise<Response> {
  const draft = await keptDraft(archive, desk, key, passageDrafts);
  const passage = findPassage(desk, key)?.passage;
  const now = passage === undefined ? undefined : asSaved(passage);
  const together = await bringTogether(typed, clash, now, desk.actor.id);
  const { title = '', ending } = fieldsOfBoth(passageDrafts, typed, clash, now);
  const page = (
    <TwoTexts
      archive={archive}
      title={titleOf(desk.work)}
      up={studioPath(desk.work.id)}
      what="passage"
      {...{ clash, now, together }}
      language={desk.header.language}
      note={
        now === undefined &&
        'The passage itself was taken out of the story meanwhile: copy your words elsewhere.'
      }
      form={({ text, html }) => (
        <PassageForm
          desk={desk}
          passageKey={key}
          typed={{ title, text, ending: ending === 'yes' }}
          html={html}
          base={clash.base}
          draft={draft?.number ?? 0}
          isMerged
        />
      )}
    />
  );
  return render(c, page, { cache: 'private', status: 409 });
}
