import type { CleanHtml } from '../../html.ts';
import { writePassage } from '../../model/edit.ts';
import type { Story } from '../../model/state.ts';
import type { WorkView } from '../../model/views.ts';
import { type Audience, type Header, type ThreadSetting, threadSettings } from '../../model/work.ts';
import type { Form } from '../forms.ts';
import type { Fault } from '../studio/frame.tsx';
import { isDay, postedOf } from '../studio/header/header-form.ts';
import { readers } from '../studio/publishing/publication.tsx';
import { typedText, writtenText } from '../studio/writing/text.ts';

/** A note as its form holds it: what was typed, valid or not. */
export interface TypedNote {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** `2006-05-28`, or '' for the day it is published. */
  readonly posted: string;
  readonly audience: Audience;
  readonly thread: ThreadSetting;
}

/** An empty form. */
export const newNote: TypedNote = { title: '', text: '', posted: '', audience: 'everyone', thread: 'open' };

/** A note as it is typed. */
export function typedNote(
  { audience, thread }: Pick<WorkView, 'audience' | 'thread'>,
  header: Header<CleanHtml>,
  story: Story<CleanHtml>,
): TypedNote {
  const html = story.passages[0]?.html;
  return {
    title: header.title ?? '',
    text: html === undefined ? '' : typedText(html),
    posted: header.posted?.local?.slice(0, 10) ?? '',
    audience,
    thread,
  };
}

/** What a form sent. */
export function sentNote(form: Form): TypedNote {
  return {
    title: form.get('title').replace(/\s+/g, ' ').trim(),
    text: form.get('text'),
    posted: form.get('posted').trim(),
    audience: readers.find((name) => name === form.get('audience')) ?? 'everyone',
    thread: threadSettings.find((name) => name === form.get('thread')) ?? 'open',
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
