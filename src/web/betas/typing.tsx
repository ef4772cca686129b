import type { FC } from 'hono/jsx';
import * as z from 'zod';
import { Conflict } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { Passage } from '../../model/state.ts';
import { titleOf } from '../../phrases.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { workPath } from '../handle.ts';
import { type Desk, studioPath } from '../studio/desk.ts';
import { type DraftKind, type KeptDraft, keep, keptDraft, type Typed } from '../studio/writing/drafts.ts';
import { type Clash, keepTyped } from '../studio/writing/keep.ts';
import { editedText, readyTexts, typedText } from '../studio/writing/text.ts';
import { signsHint, TextForm } from '../studio/writing/text-form.tsx';
import { countClashes, mergedText, stretchesOf } from '../studio/writing/three-way.tsx';
import { bringTogether, TwoTexts } from '../studio/writing/two-texts.tsx';
import { betaPassagePath, roomPath } from './addresses.ts';
import { sitAsBeta } from './room.tsx';
import { seenText, sourcesSeen, textAt } from './seen.ts';

/** What a beta would have a passage be, before she sends it: nobody but her sees it, and it goes when her reading ends. */
export const suggestedDrafts: DraftKind<Typed> = {
  document: z.object({ text: z.string() }),
  suggested: true,
  fieldsOf: () => ({}),
};

/** What the form of a text sent; lines end as scripts send them. */
export function sentTyped(form: Form): Typed {
  return { text: form.get('text').replace(/\r\n?/g, '\n') };
}

/** What her form holds. */
export interface HeldText extends Typed {
  /** The same for the editor; null where that cannot hold it. */
  readonly html: CleanHtml | null;
  /** From which text it was made (`seen.ts`), and which draft it is. */
  readonly from: Readonly<Record<string, string>>;
  readonly kept?: KeptDraft<Typed>;
  /** Whether the author changed the same paragraphs since: it goes on from the text it was made from. */
  readonly isBehind?: boolean;
}

/** A text that came back with its form. */
export function sentText(form: Form, now: CleanHtml): HeldText {
  const { text } = sentTyped(form);
  const from = Object.fromEntries(['base', 'seen', 'draft'].map((name) => [name, form.get(name)]));
  return { text, html: editedText(text, now), from };
}

/** The text as it is, or her draft of it; with what the author changed since, where that is in other paragraphs. */
export async function heldText(
  archive: Archive,
  desk: Desk,
  { key, html: now }: Passage<CleanHtml>,
): Promise<HeldText> {
  const { work } = desk;
  const kept = await keptDraft(archive, desk, key, suggestedDrafts);
  const from = (base: number) => sourcesSeen(archive, desk, key, { base, draft: kept?.number ?? 0 });
  if (kept === undefined) return { text: typedText(now), html: now, from: await from(work.state) };
  const { text } = kept.typed;
  await readyTexts([text], [], desk.actor.id);
  const was = await textAt(archive, work.id, kept.base, key);
  const html = editedText(text, was ?? now);
  if (was === undefined || was === now) return { text, html, from: await from(work.state), kept };
  const stretches = html === null ? [] : stretchesOf({ base: was, theirs: now, mine: html });
  if (html === null || countClashes(stretches) > 0)
    return { text, html, from: await from(kept.base), kept, isBehind: true };
  const merged = mergedText(stretches);
  await readyTexts([], [merged], desk.actor.id);
  return { text: typedText(merged), html: merged, from: await from(work.state), kept };
}

/** Keeps what she looks at before she sends it; gives the number of her draft. What another tab kept stays as it is. */
export async function keepLooked(archive: Archive, desk: Desk, key: string, form: Form): Promise<string> {
  const typed = sentTyped(form);
  const kept = await keptDraft(archive, desk, key, suggestedDrafts);
  if (kept?.typed.text === typed.text) return String(kept.number);
  const [base, after] = [Number(form.get('base')), Number(form.get('draft'))];
  try {
    return String(await keep(archive, desk, key, suggestedDrafts, { typed, base, after }));
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return form.get('draft');
  }
}

/** `POST /beta/:handle/passages/:key/drafts`: keeps what she typed, for her alone (`keepTyped`). */
export const keepTypedForm: Page = (archive) => async (c) => {
  const desk = await sitAsBeta(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const typed = sentTyped(form);
  const saved = (html: CleanHtml | undefined) => (html === undefined ? undefined : { html, fields: {} });
  return keepTyped(c, archive, {
    desk,
    passage: key,
    kind: suggestedDrafts,
    typed,
    form,
    path: betaPassagePath(desk.work.id, key),
    // A draft that is kept was made from a text she was given; what a form says is looked at.
    savedIn: async (state) =>
      saved(
        state === Number(form.get('base'))
          ? await seenText(archive, desk, key, form)
          : await textAt(archive, desk.work.id, state, key),
      ),
    // What the author saves meanwhile is no news: a suggestion is of the text that was read.
    savedNow: (was) => was,
    sources: (base, draft) => sourcesSeen(archive, desk, key, { base, draft }),
    showConflict: async (clash) => {
      const page = await twoTexts(archive, desk, { key, typed, clash });
      return render(c, page, { cache: 'private', status: 409 });
    },
  });
};

async function twoTexts(
  archive: Archive,
  desk: Desk,
  { key, typed, clash }: { readonly key: string; readonly typed: Typed; readonly clash: Clash<Typed> },
) {
  const { was, other, base } = clash;
  const from = await sourcesSeen(archive, desk, key, { base, draft: other?.number ?? 0 });
  const together = await bringTogether(typed, clash, was, desk.actor.id);
  return (
    <TwoTexts
      archive={archive}
      title={titleOf(desk.header)}
      up={roomPath(desk.work.id)}
      what="passage"
      clash={clash}
      now={was}
      together={together}
      language={desk.header.language}
      form={(together) => <TypingForm desk={desk} passageKey={key} held={{ ...together, from }} isMerged />}
    />
  );
}

interface TypingFormProps {
  readonly desk: Desk;
  readonly passageKey: string;
  readonly held: HeldText;
  readonly isMerged?: boolean;
}

/** The words of a passage, to be changed as she would have them. */
export const TypingForm: FC<TypingFormProps> = ({ desk, passageKey, held, isMerged }) => {
  const path = betaPassagePath(desk.work.id, passageKey);
  return (
    <TextForm
      text={held.text}
      html={held.html}
      from={held.from}
      action={`${path}/suggestions`}
      drafts={`${path}/drafts`}
      kept={`${desk.actor.id}/${desk.work.id}/beta/${passageKey}`}
      language={desk.header.language}
      images={workPath(desk.work.id, '/resources/')}
      isMerged={isMerged}
      hint={signsHint}
      before={
        <p class="soft">
          Change the words as you would have them; the author’s text stays as it is. What you changed is shown
          to you before it is sent.
        </p>
      }
    >
      <p class="ways-row">
        <button class="button button-main" type="submit" name="do" value="look">
          Look at my changes
        </button>
        <button class="button" type="submit" formaction={`${path}/drafts`}>
          Keep for later
        </button>
        <a class="button" href={studioPath(desk.work.id, `/play/${passageKey}`)}>
          Read it as readers will
        </a>
      </p>
    </TextForm>
  );
};
