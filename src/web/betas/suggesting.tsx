import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Forbidden, Invalid } from '../../errors.ts';
import { anchorsOf } from '../../model/text/anchor.ts';
import { count, titleOf } from '../../phrases.ts';
import type { NewSuggestion } from '../../store/writing.ts';
import { answerSuggestions, getSuggestion, replyTo, suggest } from '../../store/writing.ts';
import type { Change } from '../../writing/changes.ts';
import { plainWords } from '../../writing/marked.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { Remembered } from '../remembered.tsx';
import { type Desk, findPassage, leadTo } from '../studio/desk.ts';
import { type Fault, faultOf, StudioFrame } from '../studio/frame.tsx';
import { forgetSent } from '../studio/writing/drafts.ts';
import { readyTexts, writtenText } from '../studio/writing/text.ts';
import { betaPassagePath, roomPath } from './addresses.ts';
import { Said } from './cards.tsx';
import { changesAside } from './changes-aside.ts';
import { type SentBack, showBetaPassage } from './passage.tsx';
import { sitAsBeta } from './room.tsx';
import { seenText } from './seen.ts';
import { keepLooked, sentTyped, suggestedDrafts } from './typing.tsx';

/** At most this many changes are shown at once; more than that is another text. */
const mostChanges = 500;

/**
 * `POST /beta/:handle/passages/:key/suggestions`: what a beta changed in a passage. First it is shown to her, change by
 * change (`do=look`); then those she keeps are sent (`do=send`), or she goes on changing (`do=edit`).
 */
export const suggestForm: Page = (archive) => async (c) => {
  const desk = await sitAsBeta(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const typed = sentTyped(form);
  const back = (fault?: Fault): Promise<Response> => {
    const sent: SentBack = { name: 'text', form, ...(fault && { fault }) };
    return showBetaPassage(c, archive, desk, key, { sent });
  };

  try {
    const seen = await seenText(archive, desk, key, form);
    await readyTexts([typed.text], [seen], desk.actor.id);
    const after = writtenText(typed.text, seen).html;
    const changes = await changesAside({ before: seen, after }, desk.actor.id);
    if (form.get('do') === 'edit') return await back();
    if (changes.length === 0) return await back(nothingChanged);
    if (changes.length > mostChanges) return await back(tooMany);
    const suggestions = keptOf(form, changes);
    if (form.get('do') !== 'send' || suggestions.length === 0) {
      const draft = await keepLooked(archive, desk, key, form);
      return await showChanges(c, archive, desk, { key, form, changes, draft });
    }
    await suggest(archive.store, {
      workId: desk.work.id,
      passage: key,
      by: desk.by.id,
      state: Number(form.get('base')),
      suggestions,
    });
  } catch (error) {
    if (!(error instanceof Invalid) && !(error instanceof Conflict)) throw error;
    return back(faultOf(error));
  }

  await forgetSent(archive, desk, key, suggestedDrafts, { typed, draft: form.get('draft') });
  const isThere = findPassage(desk, key) !== undefined;
  return leadTo(c, isThere ? betaPassagePath(desk.work.id, key) : roomPath(desk.work.id), 'suggested');
};

const nothingChanged: Fault = { path: 'text', words: 'Nothing in the text is changed yet.' };
const tooMany: Fault = {
  path: 'text',
  words: `More than ${mostChanges} places are changed: send a part of them, then the next.`,
};

/** The changes that are ticked, each with what is said of it. */
function keptOf(form: Form, changes: readonly Change[]): readonly NewSuggestion[] {
  const kept = new Set(form.all('keep'));
  return changes.flatMap(({ anchor, ...change }, i) =>
    kept.has(String(i)) ? [{ anchor, change, note: form.get(`note-${i}`) }] : [],
  );
}

interface ChangesProps {
  readonly key: string;
  readonly form: Form;
  readonly changes: readonly Change[];
  /** The number under which the text is kept meanwhile. */
  readonly draft: string;
}

function showChanges(c: Context, archive: Archive, desk: Desk, shown: ChangesProps): Promise<Response> {
  const fault =
    shown.form.get('do') === 'send' ? { path: 'keep', words: 'Tick what you want to send.' } : undefined;
  const page = <ChangesPage {...{ archive, desk, shown, fault }} />;
  return render(c, page, { cache: 'private', status: fault === undefined ? 200 : 422 });
}

const ChangesPage: FC<{
  readonly archive: Archive;
  readonly desk: Desk;
  readonly shown: ChangesProps;
  readonly fault: Fault | undefined;
}> = ({ archive, desk, shown: { key, form, changes, draft }, fault }) => (
  <StudioFrame archive={archive} title={`Your changes · ${titleOf(desk.header)}`} fault={fault}>
    <div class="page studio-page">
      <p class="up">
        <a href={roomPath(desk.work.id)}>{titleOf(desk.header)}</a>
      </p>
      <h1>{count(changes.length, 'change')}</h1>
      <p>
        Untick what you do not mean, and say why where it helps. The author accepts, declines or answers each
        by itself.
      </p>
      <form
        method="post"
        action={`${betaPassagePath(desk.work.id, key)}/suggestions`}
        class="studio-form changes-form"
      >
        <Remembered
          form={`${desk.actor.id}/${desk.work.id}/${key}/why/${nameOf(changes)}`}
          fields={changes.map((_, i) => `note-${i}`)}
        />
        {['base', 'seen'].map((name) => (
          <input type="hidden" name={name} value={form.get(name)} />
        ))}
        <input type="hidden" name="draft" value={draft} />
        <textarea name="text" hidden aria-label="Your text">
          {`\n${form.get('text')}`}
        </textarea>
        <ol class="suggestion-cards">
          {changes.map(({ anchor, ...change }, i) => (
            <li class="card suggestion">
              <label class="box">
                <input type="checkbox" name="keep" value={String(i)} checked={isTicked(form, i)} />
                <span>
                  <Said suggestion={{ anchor, change, note: '' }} />
                </span>
              </label>
              <details class="reply" open={form.get(`note-${i}`) !== ''}>
                <summary aria-label={`Say why, of change ${i + 1}`}>Say why</summary>
                <label class="field" for={`note-${i}`}>
                  Why
                </label>
                <textarea id={`note-${i}`} name={`note-${i}`} rows={2} maxlength={5000}>
                  {form.get(`note-${i}`)}
                </textarea>
              </details>
            </li>
          ))}
        </ol>
        <p class="ways-row">
          <button class="button button-main" type="submit" name="do" value="send">
            Send them to the author
          </button>
          <button class="button" type="submit" name="do" value="edit">
            Go on changing
          </button>
        </p>
      </form>
    </div>
  </StudioFrame>
);

/** By which the same changes are known again: what was said of one is never put under another. */
function nameOf(changes: readonly Change[]): string {
  return createHash('sha256').update(JSON.stringify(changes)).digest('base64url').slice(0, 16);
}

function isTicked(form: Form, index: number): boolean {
  return form.get('do') !== 'send' || form.all('keep').includes(String(index));
}

/** `POST /beta/:handle/passages/:key/remarks`: something said of words, or of the whole passage. */
export const remarkForm: Page = (archive) => async (c) => {
  const desk = await sitAsBeta(c, archive);
  const form = await readForm(c);
  const key = c.req.param('key') ?? '';
  const passage = findPassage(desk, key)?.passage;

  try {
    const quote = form.get('quote').trim();
    const anchors = passage === undefined ? [] : anchorsOf(plainWords(passage.html), quote);
    const [anchor = null] = anchors;
    if (quote !== '' && anchor === null) throw notThere;
    if (anchors.length > 1)
      throw new Invalid(
        `web/betas: these words stand there ${count(anchors.length, 'time')}: add the words beside them`,
        { path: 'quote' },
      );
    const suggestions = [{ anchor, change: null, note: form.get('note') }];
    await suggest(archive.store, {
      workId: desk.work.id,
      passage: key,
      by: desk.by.id,
      state: desk.work.state,
      suggestions,
    });
  } catch (error) {
    if (!(error instanceof Invalid) && !(error instanceof Conflict)) throw error;
    return showBetaPassage(c, archive, desk, key, { sent: { name: 'remark', form, fault: faultOf(error) } });
  }

  return leadTo(c, betaPassagePath(desk.work.id, key), 'remarked');
};

const notThere = new Invalid(
  'web/betas: these words do not stand in the passage so; copy them from the text',
  { path: 'quote' },
);

/** `POST /beta/:handle/suggestions`: withdraws a suggestion of one's own, or says something under it. */
export const ownSuggestionForm: Page = (archive) => async (c) => {
  const desk = await sitAsBeta(c, archive);
  const form = await readForm(c);
  const { work, by } = desk;
  const suggestion = await getSuggestion(archive.store, work.id, form.get('id'));
  if (suggestion.by.id !== by.id) throw new Forbidden('web/betas: this suggestion is not yours');
  const passage = form.get('passage');
  const next =
    findPassage(desk, passage) === undefined ? roomPath(work.id) : betaPassagePath(work.id, passage);

  if (form.get('do') === 'reply') {
    try {
      await replyTo(archive.store, work.id, suggestion.id, { by: by.id, words: form.get('words') });
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return showBetaPassage(c, archive, desk, suggestion.passage, {
        sent: { name: 'card', form, fault: faultOf(error) },
      });
    }
    return leadTo(c, `${next}#s-${suggestion.id}`, 'replied');
  }
  if (form.get('do') !== 'withdraw')
    throw new Invalid('web/betas: this form does not say what to do; open the page again');
  if (suggestion.status !== 'open')
    throw new Conflict('web/betas: this suggestion was answered meanwhile; open the page again');
  await answerSuggestions(archive.store, work.id, [suggestion.id], { status: 'withdrawn', by: by.id });
  return leadTo(c, next, 'taken-back');
};
