import * as z from 'zod';
import type { CleanHtml } from '../../html.ts';
import { writePassage } from '../../model/edit.ts';
import type { Pseud } from '../../model/person.ts';
import type { Story } from '../../model/state.ts';
import { type Audience, type Header, type ThreadSetting, threadSettings } from '../../model/work.ts';
import type { Form } from '../forms.ts';
import type { Desk } from '../studio/desk.ts';
import type { Fault } from '../studio/frame.tsx';
import { isDay, postedOf } from '../studio/header/header-form.ts';
import { readers } from '../studio/publishing/publication.tsx';
import type { DraftKind, Typed } from '../studio/writing/drafts.ts';
import type { Saved } from '../studio/writing/keep.ts';
import { typedText, writtenText } from '../studio/writing/text.ts';

/** A note as its form holds it: what was typed, valid or not. */
export interface TypedNote extends Typed {
  readonly title: string;
  /** `2006-05-28`, or '' for the day it is published. */
  readonly posted: string;
  readonly audience: Audience;
  readonly thread: ThreadSetting;
  /** The id of the pseud who writes it. */
  readonly pseud: string;
}

/** An empty form. */
export const newNote: TypedNote = {
  title: '',
  text: '',
  posted: '',
  audience: 'everyone',
  thread: 'open',
  pseud: '',
};

/** A note that is typed and not saved. */
export const noteDrafts: DraftKind<TypedNote> = {
  document: z.object({
    title: z.string(),
    text: z.string(),
    posted: z.string(),
    audience: z.enum(readers),
    thread: z.enum(threadSettings),
    pseud: z.string(),
  }),
  suggested: false,
  fieldsOf: ({ text: _, ...fields }) => fields,
};

/** What a state has of a note; for whom it is and how its conversation is kept are no versions of it. */
export function savedNote(header: Header<CleanHtml>, story: Story<CleanHtml>): Saved | undefined {
  const html = story.passages[0]?.html;
  const { title, posted } = typedHeader(header);
  return html === undefined ? undefined : { html, fields: { title, posted } };
}

/** The names a note can be put under: all of hers, while no reader has seen it and she writes it alone. */
export function namesFor({ work, actor }: Pick<Desk, 'work' | 'actor'>): readonly Pseud[] {
  return work.publishedAt === null && work.creators.length === 1 ? actor.pseuds : [];
}

/** A note as it is typed. */
export function typedNote({
  work: { audience, thread },
  by,
  header,
  story,
}: Pick<Desk, 'work' | 'by' | 'header' | 'story'>): TypedNote {
  const html = story.passages[0]?.html;
  const text = html === undefined ? '' : typedText(html);
  return { ...typedHeader(header), text, audience, thread, pseud: by.id };
}

function typedHeader({ title, posted }: Header<CleanHtml>): Pick<TypedNote, 'title' | 'posted'> {
  return { title: title ?? '', posted: posted?.local?.slice(0, 10) ?? '' };
}

/** What a form sent. */
export function sentNote(form: Form): TypedNote {
  return {
    title: form.get('title').replace(/\s+/g, ' ').trim(),
    text: form.get('text'),
    posted: form.get('posted').trim(),
    audience: readers.find((name) => name === form.get('audience')) ?? 'everyone',
    thread: threadSettings.find((name) => name === form.get('thread')) ?? 'open',
    pseud: form.get('pseud'),
  };
}

/** Why a note cannot be kept as it was typed or, with `published`, not be published. */
export function faultsOf({ title, text, posted }: TypedNote, published: boolean): readonly Fault[] {
  const said = (path: string, isSo: boolean, words: string): readonly Fault[] =>
    isSo ? [{ path, words }] : [];
  return [
    ...said('title', title.length > 300, 'A title has at most 300 characters.'),
    ...said('posted', posted !== '' && !isDay(posted), 'A day is written as 2006-05-28.'),
    ...said('posted', isDay(posted) && posted > tomorrow(), 'A note bears a day that has come.'),
    ...said('text', published && text.trim() === '', 'There are no words yet to be published.'),
  ];
}

/** Somewhere it is tomorrow already. */
function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}

/** The note with what was typed in place of what it said. @throws Invalid for a text that cannot be read */
export function rewritten(
  typed: TypedNote,
  header: Header<CleanHtml>,
  story: Story<CleanHtml>,
): { readonly header: Header<CleanHtml>; readonly story: Story<CleanHtml> } {
  const passage = story.passages[0];
  return {
    header: { ...header, title: typed.title || null, posted: postedOf(typed.posted, header.posted) },
    story:
      passage === undefined ? story : writePassage(story, passage.key, writtenText(typed.text, passage.html)),
  };
}
