import type { Context } from 'hono';
import { Conflict } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import { type Archive, keepingHeaders } from '../../archive.ts';
import type { Form } from '../../forms.ts';
import { type Desk, leadTo } from '../desk.ts';
import { type DraftKind, forgetDraft, type KeptDraft, keep, keptDraft, type Typed } from './drafts.ts';
import { editedText, readyTexts } from './text.ts';

/** A text as a state has it, and the fields that are kept with it. */
export interface Saved {
  readonly html: CleanHtml;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a form sends to be kept as a draft, and how to find what was saved meanwhile. */
export interface Keeping<T extends Typed> {
  readonly desk: Desk;
  readonly passage: string;
  readonly kind: DraftKind<T>;
  readonly typed: T;
  readonly form: Form;
  /** The page of the form. */
  readonly path: string;
  /** The text in a state by its number, as the form sends it. @throws Invalid for none that was shown */
  readonly savedIn: (state: number) => Promise<Saved | undefined>;
  /** What is saved now, given what was when the form was made; undefined where it is in the story no more. */
  readonly savedNow: (was: Saved | undefined) => Saved | undefined;
  /** The hidden fields that say from which state and draft a form goes on. */
  readonly sources: (state: number, draft: number) => Promise<Readonly<Record<string, string>>>;
  readonly showConflict: (clash: Clash<T>) => Promise<Response>;
}

/** What was typed and something else were both made from one text. */
export interface Clash<T extends Typed> {
  /** That text. */
  readonly was: Saved | undefined;
  /** The draft the same person kept elsewhere; undefined where the other is what is saved now. */
  readonly other?: KeptDraft<T> | undefined;
  /** The state that what is sent next is made from. */
  readonly base: number;
}

/**
 * Keeps what was typed without making a version of it, or drops it. Scripts ask for JSON and are told what was saved or
 * kept meanwhile; without one, a page shows it.
 */
export async function keepTyped<T extends Typed>(
  c: Context,
  archive: Archive,
  keeping: Keeping<T>,
): Promise<Response> {
  const { desk, passage, kind, typed, form, path, savedIn, savedNow, sources } = keeping;
  if (form.get('drop') === 'yes') {
    await forgetDraft(archive, desk, passage, kind);
    return leadTo(c, path, 'dropped');
  }
  const base = Number(form.get('base'));
  const was = await savedIn(base);
  const now = savedNow(was);
  const forScript = asksForJson(c);
  try {
    if (now === undefined) throw new Conflict('web/studio: the passage is no longer in the story');
    const after = Number(form.get('draft'));
    const draft = await keep(archive, desk, passage, kind, { typed, base, after });
    if (!forScript) return leadTo(c, path, 'kept');
    if (isSame(was, now)) return answer(c, { kind: 'kept', from: { draft: String(draft) } });
    const from = await sources(desk.work.state, draft);
    return answer(c, { kind: 'newer', whose: 'saved', from, theirs: now, began: was ?? none });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const other = await keptDraft(archive, desk, passage, kind);
    if (other === undefined) return keeping.showConflict({ was, base: desk.work.state });
    // Two drafts of different versions came of the older one.
    const began = await savedIn(Math.min(base, other.base));
    const newest = Math.max(base, other.base);
    if (!forScript || now === undefined) return keeping.showConflict({ was: began, other, base: newest });
    await readyTexts([other.typed.text], [now.html], desk.actor.id);
    const theirs = { html: otherText(now, other), fields: kind.fieldsOf(other.typed) };
    const from = await sources(newest, other.number);
    const news = { kind: 'newer', whose: 'draft', from, theirs };
    return answer(c, other.base === base ? news : { ...news, began: began ?? none }, 409);
  }
}

const none: Saved = { html: '' as CleanHtml, fields: {} };

/** Whether a script asks, which is told in JSON what became of what it sent. */
export function asksForJson(c: Context): boolean {
  return c.req.header('accept')?.includes('application/json') === true;
}

/** What a script is told of what it keeps. */
export function answer(c: Context, what: object, status: 200 | 409 = 200): Response {
  return c.json(what, status, keepingHeaders('private'));
}

/** The text of the other draft, or what is saved now where there is none. */
export function otherText<T extends Typed>(
  now: Pick<Saved, 'html'> | undefined,
  other: KeptDraft<T> | undefined,
): CleanHtml {
  const saved = now?.html ?? ('' as CleanHtml);
  return other === undefined ? saved : (editedText(other.typed.text, saved) ?? saved);
}

/** Whether nothing was saved in between. */
export function isSame(was: Saved | undefined, now: Saved): boolean {
  return was?.html === now.html && JSON.stringify(was.fields) === JSON.stringify(now.fields);
}
