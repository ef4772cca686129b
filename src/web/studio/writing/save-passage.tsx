import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import type { Passage } from '../../../model/state.ts';
import { count, titleOf } from '../../../phrases.ts';
import { reviseWork, saveDraft } from '../../../store/writing.ts';
import { type Archive, keepingHeaders, type Page, render } from '../../archive.ts';
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
import { faultOf, StudioFrame } from '../frame.tsx';
import {
  asTyped,
  draftDocument,
  forgetDraft,
  type KeptDraft,
  keptDraft,
  sentPassage,
  type TypedPassage,
} from './drafts.ts';
import { PassageForm, showPassage } from './passage.tsx';
import { editedText, readyTexts, typedText } from './text.ts';
import { countClashes, mergedText, stretchesOf, ThreeWay } from './three-way.tsx';

/** `POST /studio/:handle/passages/:key/states`: saves a passage as a new version of the work. */
export const savePassage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const typed = sentPassage(form);
  const was = passageIn(await stateAt(archive, desk, Number(form.get('base'))), key);

  const now = findPassage(desk, key)?.passage;
  await readyTexts([typed.text], now === undefined ? [] : [now.html]);
  if (now === undefined || !isSame(was, now)) return showConflict(c, archive, desk, { key, typed, was, now });
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
      return showConflict(c, archive, newer, { key, typed, was, now: findPassage(newer, key)?.passage });
    }
    if (!(error instanceof Invalid)) throw error;
    // What was typed comes back as the draft it now is.
    await keep(archive, desk, key, typed, desk.work.state);
    return showPassage(c, archive, desk, key, { sent: { name: 'states', form, fault: faultOf(error) } });
  }
  // A draft that another tab kept since this page was opened stays.
  const kept = await keptDraft(archive, desk, key);
  const isThis = kept !== undefined && draftDocument(kept.typed) === draftDocument(typed);
  if (isThis || String(kept?.number) === form.get('draft')) await forgetDraft(archive, desk, key);
  return leadTo(c, writingPath(desk.work.id, key), 'saved');
};

/**
 * `POST /studio/:handle/passages/:key/drafts`: keeps what was typed without making a version of it, or drops it. Scripts
 * ask for JSON and are told what stands here that they do not know.
 */
export const keepDraft: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const path = writingPath(desk.work.id, key);

  if (form.get('drop') === 'yes') {
    await forgetDraft(archive, desk, key);
    return leadTo(c, path, 'dropped');
  }
  const typed = sentPassage(form);
  const base = Number(form.get('base'));
  const was = passageIn(await stateAt(archive, desk, base), key);
  const now = findPassage(desk, key)?.passage;
  const forScript = c.req.header('accept')?.includes('application/json') === true;
  try {
    if (now === undefined) throw new Conflict('web/studio: the passage is no longer in the story');
    const draft = await keep(archive, desk, key, typed, base, Number(form.get('draft')));
    if (!forScript) return leadTo(c, path, 'kept');
    const isNews = !isSame(was, now);
    const { state } = desk.work;
    return answer(
      c,
      isNews ? newer('saved', state, draft, { ...now, text: now.html }) : { kind: 'kept', draft },
    );
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const other = await keptDraft(archive, desk, key);
    // Two drafts of different versions came of the older one.
    const older = Math.min(base, other?.base ?? base);
    const began = passageIn(await stateAt(archive, desk, older), key);
    if (forScript && other !== undefined && now !== undefined) {
      await readyTexts([other.typed.text], [now.html]);
      const text = textAgainst({ key, typed, was, now, other });
      const news = newer('draft', Math.max(base, other.base), other.number, { ...other.typed, text });
      return answer(c, other.base === base ? news : { ...news, began: began?.html ?? '' }, 409);
    }
    const newest = other === undefined ? desk.work.state : Math.max(base, other.base);
    return showConflict(c, archive, desk, { key, typed, was: began, now, other, base: newest });
  }
};

function answer(c: Context, what: object, status: 200 | 409 = 200): Response {
  return c.json(what, status, keepingHeaders('private'));
}

/** What stands in the archive that a page does not know: a draft kept elsewhere, or what someone saved. */
function newer(
  whose: 'draft' | 'saved',
  base: number,
  draft: number,
  {
    title,
    ending,
    text,
  }: { readonly title: string | null; readonly ending: boolean; readonly text: CleanHtml },
): object {
  return { kind: 'newer', whose, base, draft, title: title ?? '', ending, html: text };
}

/** @throws Conflict when another tab kept a draft since `after` */
async function keep(
  archive: Archive,
  { work, actor }: Desk,
  passage: string,
  typed: TypedPassage,
  base: number,
  after?: number,
): Promise<number> {
  const draft = { workId: work.id, accountId: actor.id, passage, base, document: draftDocument(typed) };
  return saveDraft(archive.store, after === undefined ? draft : { ...draft, after });
}

function passageIn({ story }: Pick<Desk, 'story'>, key: string): Passage<CleanHtml> | undefined {
  return story.passages.find((p) => p.key === key);
}

function isSame(was: Passage<CleanHtml> | undefined, now: Passage<CleanHtml>): boolean {
  return was?.html === now.html && was.title === now.title && was.ending === now.ending;
}

interface Clash {
  readonly key: string;
  readonly typed: TypedPassage;
  /** The passage as it was when the form was opened, and as it is saved now. */
  readonly was: Passage<CleanHtml> | undefined;
  readonly now: Passage<CleanHtml> | undefined;
  /** What the same person typed elsewhere, where that is what stands against it. */
  readonly other?: KeptDraft | undefined;
  /** The state the text that is sent next is made from; the newest where nothing is said. */
  readonly base?: number;
}

async function showConflict(c: Context, archive: Archive, desk: Desk, clash: Clash): Promise<Response> {
  const draft = await keptDraft(archive, desk, clash.key);
  const { typed, other, now } = clash;
  await readyTexts(
    [typed.text, ...(other === undefined ? [] : [other.typed.text])],
    now === undefined ? [] : [now.html],
  );
  return render(c, <ConflictPage {...{ archive, desk, clash }} draft={draft?.number ?? 0} />, {
    cache: 'private',
    status: 409,
  });
}

const ConflictPage: FC<{
  readonly archive: Archive;
  readonly desk: Desk;
  readonly clash: Clash;
  readonly draft: number;
}> = ({ archive, desk, clash, draft }) => {
  const { key, typed, was, now, other, base = desk.work.state } = clash;
  const theirs = textAgainst(clash);
  const mine = editedText(typed.text, '' as CleanHtml);
  const stretches = mine === null ? [] : stretchesOf({ base: was?.html ?? ('' as CleanHtml), theirs, mine });
  const merged = mergedText(stretches);
  const clashes = countClashes(stretches);
  const against = other?.typed ?? { title: now?.title ?? '', ending: now?.ending ?? false };
  const name = other === undefined ? 'Saved now' : 'Your other draft';
  const together: TypedPassage =
    mine === null
      ? typed
      : {
          title: changedFrom(was?.title ?? '', typed.title, against.title),
          ending: changedFrom(was?.ending ?? false, typed.ending, against.ending),
          text: typedText(merged),
        };
  return (
    <StudioFrame archive={archive} title={`Two texts · ${titleOf(desk.work)}`}>
      <div class="page-wide compare studio-page">
        <p class="up">
          <a href={studioPath(desk.work.id)}>{titleOf(desk.work)}</a>
        </p>
        <h1>
          {other === undefined
            ? 'Someone saved this passage while you wrote'
            : 'You kept another draft of this passage'}
        </h1>
        <p class="card fault-card" role="alert">
          Nothing was overwritten, and nothing you typed is lost.{' '}
          {clashes === 0
            ? 'Each side changed other paragraphs, so the text below has the changes of both. Read it, then save it.'
            : `In ${count(clashes, 'place')} both changed the same paragraphs: there the text below has both, theirs first. Keep what you want, then save it.`}
          {now === undefined &&
            ' The passage itself was taken out of the story meanwhile: copy your words elsewhere.'}
        </p>
        <ThreeWay stretches={stretches} theirs={name} language={desk.header.language} />
        <h2>The text with the changes of both</h2>
        <PassageForm
          desk={desk}
          passageKey={key}
          typed={together}
          html={mine === null ? null : merged}
          base={base}
          draft={draft}
          isMerged
        />
        <details class="action">
          <summary>Both texts as they were, to copy from</summary>
          <label class="field">
            Yours
            <textarea class="writing" rows={12} readonly>{`\n${typed.text}`}</textarea>
          </label>
          <label class="field">
            {name}
            <textarea
              class="writing"
              rows={12}
              readonly
            >{`\n${other?.typed.text ?? typedText(theirs)}`}</textarea>
          </label>
        </details>
      </div>
    </StudioFrame>
  );
};

/** The text that stands against what was typed. */
function textAgainst({ now, other }: Clash): CleanHtml {
  const nothing = '' as CleanHtml;
  if (other === undefined) return now?.html ?? nothing;
  return editedText(other.typed.text, now?.html ?? nothing) ?? now?.html ?? nothing;
}

/** Of two values that came of one, that which was changed; mine where both were. */
function changedFrom<T>(was: T, mine: T, theirs: T): T {
  return mine === was ? theirs : mine;
}
