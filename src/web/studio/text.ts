import type { CleanHtml } from '../../html.ts';
import type { Words } from '../../model/edit.ts';
import { blockStarts, wordsOf } from '../../writing/cut.ts';
import { htmlOfMarkdown, markdownToEdit } from '../../writing/markdown.ts';

/** A text as it stands in a field: Markdown. `writtenText` reads it back. */
export function typedText(html: CleanHtml): string {
  return markdownToEdit(html).trimEnd();
}

/**
 * What a field holds, as a text with its words counted. Left as `typedText` gave it, `before` comes back: showing a
 * text changes nothing in it.
 */
export function writtenText(typed: string, before?: CleanHtml): Words {
  const text = typed.replace(/\r\n?/g, '\n').trimEnd();
  const isLeft = before !== undefined && text === typedText(before);
  return wordsOf(isLeft ? before : htmlOfMarkdown(text));
}

/** A short text that may be absent: a summary, a note. */
export function writtenNote(typed: string, before: CleanHtml | null): CleanHtml | null {
  return typed.trim() === '' ? null : writtenText(typed, before ?? undefined).html;
}

/** How each block of a text begins, in words for all of them. */
export function openingsOf(html: CleanHtml): readonly string[] {
  return blockStarts(html).map((start) => start || '* * *');
}
