import { Invalid } from '../../../errors.ts';
import type { CleanHtml } from '../../../html.ts';
import type { Words } from '../../../model/edit.ts';
import { blockStarts, wordsOf } from '../../../writing/cut.ts';
import { convertAside, converted } from './converting.ts';

/** A text as it stands in a field: Markdown. `writtenText` reads it back. */
export function typedText(html: CleanHtml): string {
  return converted({ kind: 'write', html }) ?? '';
}

/** Has texts ready that a page will read (`typed`, as a field holds them) or show as Markdown, without keeping others waiting. */
export function readyTexts(
  typed: readonly string[],
  html: readonly CleanHtml[],
  who?: string,
): Promise<void> {
  const conversions = [
    ...typed.map((text) => ({ kind: 'read' as const, text: plainTyped(text) })),
    ...html.map((text) => ({ kind: 'write' as const, html: text })),
  ];
  return convertAside(conversions, who);
}

/**
 * What a field holds, as a text with its words counted. Left as `typedText` gave it, `before` comes back: showing a
 * text changes nothing in it.
 * @throws Invalid for signs within signs thousands deep
 */
export function writtenText(typed: string, before?: CleanHtml): Words {
  const text = plainTyped(typed);
  const isLeft = before !== undefined && text === typedText(before);
  return wordsOf(isLeft ? before : readTyped(text));
}

function plainTyped(typed: string): string {
  return typed.replace(/\r\n?/g, '\n').trimEnd();
}

/** The text a field holds, for the editor; null where it cannot be read, and only the field can hold it. */
export function editedText(typed: string, before: CleanHtml): CleanHtml | null {
  try {
    return writtenText(typed, before).html;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return null;
  }
}

function readTyped(text: string): CleanHtml {
  const html = converted({ kind: 'read', text });
  if (html === null)
    throw new Invalid(
      'web/studio: this text has quotations or lists within one another too deep to be read, or a table too large',
      { path: 'text' },
    );
  // What `convert` reads is clean.
  return html as CleanHtml;
}

/** A short text that may be absent: a summary, a note. */
export function writtenNote(typed: string, before: CleanHtml | null): CleanHtml | null {
  return typed.trim() === '' ? null : writtenText(typed, before ?? undefined).html;
}

/** How each block of a text begins, in words for all of them. */
export function openingsOf(html: CleanHtml): readonly string[] {
  return blockStarts(html).map((start) => start || '* * *');
}
