import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../errors.ts';
import { blocksOf, blockText, type CleanHtml } from '../../html.ts';
import { type Tokens, tokens } from '../../model/compare/tokens.ts';
import { compareWords } from '../../model/compare.ts';
import { markEnding, renamePassage, writePassage } from '../../model/edit.ts';
import type { Passage, Story } from '../../model/state.ts';
import { titleOf } from '../../phrases.ts';
import { getWork } from '../../store/works.ts';
import { readWritten, reviseWork, saveDraft } from '../../store/writing.ts';
import { type Archive, keepingHeaders, type Page, render } from '../archive.ts';
import { InOneText, SideBySide } from '../comparing/compared.tsx';
import type { Side } from '../comparing/sides.ts';
import { readForm } from '../forms.ts';
import { type Desk, findPassage, leadTo, sitDown, stateAt, studioPath, writingPath } from './desk.ts';
import { draftDocument, forgetDraft, keptDraft, sentPassage, type TypedPassage } from './drafts.ts';
import { faultOf, StudioFrame } from './frame.tsx';
import { PassageForm, showPassage } from './passage.tsx';
import { editedText, typedText, writtenText } from './text.ts';

/** `POST /studio/:handle/passages/:key/states`: saves a passage as a new version of the work. */
export const savePassage: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const typed = sentPassage(form);
  const was = passageIn(await stateAt(archive, desk, Number(form.get('base'))), key);

  const now = findPassage(desk, key)?.passage;
  if (now === undefined || !isSame(was, now)) return showConflict(c, archive, desk, { key, typed, was, now });
  try {
    const { work, header, by } = desk;
    const story = written(desk.story, now, typed);
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
  if (String(kept?.number) === form.get('draft')) await forgetDraft(archive, desk, key);
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
    return answer(
      c,
      isNews ? newer('saved', desk.work.state, draft, { ...now, text: now.html }) : { kind: 'kept', draft },
    );
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const kept = await keptDraft(archive, desk, key);
    if (forScript && kept !== undefined && now !== undefined) {
      const text = writtenText(kept.typed.text, now.html).html;
      return answer(c, newer('draft', kept.base, kept.number, { ...kept.typed, text }), 409);
    }
    return showConflict(c, archive, desk, { key, typed, was, now, other: kept?.typed });
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

/** The story with a passage as it was typed. */
function written(story: Story<CleanHtml>, now: Passage<CleanHtml>, typed: TypedPassage): Story<CleanHtml> {
  const text = writtenText(typed.text, now.html);
  const named = renamePassage(writePassage(story, now.key, text), now.key, typed.title);
  return typed.ending === now.ending ? named : markEnding(named, now.key, typed.ending);
}

function passageIn({ story }: Pick<Desk, 'story'>, key: string): Passage<CleanHtml> | undefined {
  return story.passages.find((p) => p.key === key);
}

function isSame(was: Passage<CleanHtml> | undefined, now: Passage<CleanHtml>): boolean {
  return was?.html === now.html && was.title === now.title && was.ending === now.ending;
}

/** The desk as it is now, should someone have saved while a form was read. */
async function satAgain(archive: Archive, desk: Desk): Promise<Desk> {
  const work = await getWork(archive.store, desk.work.id);
  return { ...desk, work, ...(await readWritten(archive.store, work.id, work.state)) };
}

/** Looks at pairs of words: about a tenth of a second. */
const mostWork = 5_000_000;

interface Clash {
  readonly key: string;
  readonly typed: TypedPassage;
  /** The passage as it was when the form was opened, and as it is saved now. */
  readonly was: Passage<CleanHtml> | undefined;
  readonly now: Passage<CleanHtml> | undefined;
  /** What the same person typed elsewhere, where that is what stands against it. */
  readonly other?: TypedPassage | undefined;
}

async function showConflict(c: Context, archive: Archive, desk: Desk, clash: Clash): Promise<Response> {
  const draft = await keptDraft(archive, desk, clash.key);
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
  const { key, typed, was, now, other } = clash;
  const theirs = other?.text ?? (now === undefined ? '' : typedText(now.html));
  const [a, b] = [wordsOf(writtenText(theirs).html), wordsOf(writtenText(typed.text).html)];
  const sides = [
    side('saved', other === undefined ? 'Saved now' : 'Your other draft'),
    side('yours', 'Yours'),
  ] as const;
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
          Nothing was overwritten, and nothing you typed is lost: both texts stand here. Bring them together
          in yours below, then save it.
          {now === undefined &&
            ' The passage itself was taken out of the story meanwhile: copy your words elsewhere.'}
        </p>
        <SideBySide sides={sides} a={a} b={b} comparison={compareWords(a, b, { limit: mostWork })} />
        {was !== undefined && now !== undefined && was.html !== now.html && <Meanwhile was={was} now={now} />}
        <h2>Your text</h2>
        <PassageForm
          desk={desk}
          passageKey={key}
          typed={typed}
          html={editedText(typed.text, '' as CleanHtml)}
          base={desk.work.state}
          draft={draft}
        />
        <details class="action">
          <summary>The other text, to copy from</summary>
          <label class="field">
            {sides[0].title}
            <textarea class="writing" rows={12} readonly>{`\n${theirs}`}</textarea>
          </label>
        </details>
      </div>
    </StudioFrame>
  );
};

/** What the other changed since this form was opened. */
const Meanwhile: FC<{ readonly was: Passage<CleanHtml>; readonly now: Passage<CleanHtml> }> = ({
  was,
  now,
}) => {
  const [a, b] = [wordsOf(was.html), wordsOf(now.html)];
  const sides = [side('before', 'the text you began with'), side('now', 'the text saved now')] as const;
  return (
    <details class="action">
      <summary>What changed in the saved text since you opened it</summary>
      <InOneText sides={sides} a={a} b={b} comparison={compareWords(a, b, { limit: mostWork })} />
    </details>
  );
};

function side(name: string, title: string): Side {
  return { name, siglum: null, title, note: null, entries: [] };
}

function wordsOf(html: CleanHtml): Tokens {
  return tokens(
    blocksOf(html)
      .map(blockText)
      .filter((text) => text.trim() !== ''),
  );
}
