import { z } from 'zod';
import type { CleanHtml } from '../../../html.ts';
import { markEnding, renamePassage, writePassage } from '../../../model/edit.ts';
import type { Passage, Story } from '../../../model/state.ts';
import { dropDraft, findDrafts } from '../../../store/writing.ts';
import type { Archive } from '../../archive.ts';
import type { Form } from '../../forms.ts';
import type { Desk } from '../desk.ts';
import { writtenText } from './text.ts';

/** A passage as its form holds it. */
export interface TypedPassage {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  readonly ending: boolean;
}

/** What someone typed in a passage and has not saved. */
export interface KeptDraft {
  readonly typed: TypedPassage;
  /** The state it was made from. */
  readonly base: number;
  readonly number: number;
  readonly savedAt: string;
}

const document = z.object({ title: z.string(), text: z.string(), ending: z.boolean() });

/** The draft of a passage that whoever sits at the desk kept. */
export async function keptDraft(archive: Archive, desk: Desk, key: string): Promise<KeptDraft | undefined> {
  const drafts = await findDrafts(archive.store, desk.actor.id, desk.work.id);
  const draft = drafts.find(({ passage }) => passage === key);
  if (draft === undefined) return undefined;
  const typed = document.safeParse(parsed(draft.document));
  return typed.success ? { ...draft, typed: typed.data } : undefined;
}

/** A draft as it is stored. */
export function draftDocument(typed: TypedPassage): string {
  return JSON.stringify(typed);
}

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

/** Throws a passage's draft away. */
export function forgetDraft(archive: Archive, { work, actor }: Desk, passage: string): Promise<void> {
  return dropDraft(archive.store, { workId: work.id, accountId: actor.id, passage });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
