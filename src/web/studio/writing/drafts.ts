import * as z from 'zod';
import type { CleanHtml } from '../../../html.ts';
import { markEnding, renamePassage, writePassage } from '../../../model/edit.ts';
import type { Passage, Story } from '../../../model/state.ts';
import { dropDraft, findDraft, saveDraft } from '../../../store/writing.ts';
import type { Archive } from '../../archive.ts';
import type { Form } from '../../forms.ts';
import { writtenText } from './text.ts';

/** What a form with a text holds. */
export interface Typed {
  /** Markdown. */
  readonly text: string;
}

/** A kind of draft: how it is stored, and which of its fields scripts keep beside the text. */
export interface DraftKind<T extends Typed> {
  readonly document: z.ZodType<T>;
  /** Whether it is what a beta would have a passage be. */
  readonly suggested: boolean;
  /** The fields beside the text, as their form has them. */
  fieldsOf(typed: T): Readonly<Record<string, string>>;
}

/** What someone typed and has not saved. */
export interface KeptDraft<T extends Typed = TypedPassage> {
  readonly typed: T;
  /** The state it was made from. */
  readonly base: number;
  readonly number: number;
  readonly savedAt: string;
}

/** Whose drafts, and of which work. */
interface Whose {
  readonly work: { readonly id: string };
  readonly actor: { readonly id: string };
}

/** A draft of a passage that whoever sits at the desk kept. */
export async function keptDraft<T extends Typed>(
  archive: Archive,
  desk: Whose,
  passage: string,
  { document, suggested }: DraftKind<T>,
): Promise<KeptDraft<T> | undefined> {
  const draft = await findDraft(archive.store, { ...hers(desk, passage), suggested });
  if (draft === undefined) return undefined;
  const typed = document.safeParse(parsed(draft.document));
  return typed.success ? { ...draft, typed: typed.data } : undefined;
}

/** Keeps a draft; gives its number. @throws Conflict when another tab kept one since `after` */
export async function keep<T extends Typed>(
  archive: Archive,
  desk: Whose,
  passage: string,
  { suggested }: DraftKind<T>,
  { typed, base, after }: { readonly typed: T; readonly base: number; readonly after?: number },
): Promise<number> {
  const draft = { ...hers(desk, passage), suggested, base, document: JSON.stringify(typed) };
  return saveDraft(archive.store, after === undefined ? draft : { ...draft, after });
}

/** Throws a passage's draft away. */
export function forgetDraft<T extends Typed>(
  archive: Archive,
  desk: Whose,
  passage: string,
  { suggested }: DraftKind<T>,
): Promise<void> {
  return dropDraft(archive.store, { ...hers(desk, passage), suggested });
}

/** Throws a passage's draft away once it is saved or sent; one that another tab kept since the form was made stays. */
export async function forgetSent<T extends Typed>(
  archive: Archive,
  desk: Whose,
  passage: string,
  kind: DraftKind<T>,
  { typed, draft }: { readonly typed: T; readonly draft: string },
): Promise<void> {
  const kept = await keptDraft(archive, desk, passage, kind);
  const isThis = kept !== undefined && JSON.stringify(kept.typed) === JSON.stringify(typed);
  if (isThis || String(kept?.number) === draft) await forgetDraft(archive, desk, passage, kind);
}

function hers({ work, actor }: Whose, passage: string) {
  return { workId: work.id, accountId: actor.id, passage };
}

/** A passage as its form holds it. */
export interface TypedPassage extends Typed {
  readonly title: string;
  readonly ending: boolean;
}

/** What an author typed in a passage. */
export const passageDrafts: DraftKind<TypedPassage> = {
  document: z.object({ title: z.string(), text: z.string(), ending: z.boolean() }),
  suggested: false,
  fieldsOf: ({ title, ending }) => ({ title, ending: ending ? 'yes' : '' }),
};

/** What the form of a passage sent. */
export function sentPassage(form: Form): TypedPassage {
  return { title: form.get('title'), text: form.get('text'), ending: form.get('ending') === 'yes' };
}

/** The story with a passage as it was typed. @throws Invalid where it cannot be so */
export function asTyped(
  story: Story<CleanHtml>,
  now: Passage<CleanHtml>,
  typed: TypedPassage,
): Story<CleanHtml> {
  const text = writtenText(typed.text, now.html);
  const named = renamePassage(writePassage(story, now.key, text), now.key, typed.title);
  return typed.ending === now.ending ? named : markEnding(named, now.key, typed.ending);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
