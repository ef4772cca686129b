import { Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { Words } from '../../model/edit.ts';
import { blockStarts, wordsOf } from '../../writing/cut.ts';
import { htmlOfMarkdown, markdownToEdit } from '../../writing/markdown.ts';

/** A text as it stands in a field: Markdown. `writtenText` reads it back. */
export function typedText(html: CleanHtml): string {
  const known = recent.get(html);
  if (known !== undefined) return known;
  const typed = markdownToEdit(html).trimEnd();
  recent.set(html, typed);
  for (const oldest of recent.keys()) {
    if (recent.size <= mostRecent) break;
    recent.delete(oldest);
  }
  return typed;
}

/** A passage is shown, then saved, then shown again; a long one takes a second to be written as Markdown. */
const recent = new Map<CleanHtml, string>();
const mostRecent = 40;

/**
 * What a field holds, as a text with its words counted. Left as `typedText` gave it, `before` comes back: showing a
 * text changes nothing in it.
 * @throws Invalid for signs within signs thousands deep
 */
export function writtenText(typed: string, before?: CleanHtml): Words {
  const text = typed.replace(/\r\n?/g, '\n').trimEnd();
  const isLeft = before !== undefined && text === typedText(before);
  return wordsOf(isLeft ? before : readTyped(text));
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

/** What was typed is read when it is kept, and again when it is shown: each time a long text takes a second. */
const lately = new Map<string, CleanHtml | Invalid>();

function readTyped(text: string): CleanHtml {
  const known = lately.get(text) ?? readOrRefuse(text);
  lately.set(text, known);
  for (const oldest of lately.keys()) {
    if (lately.size <= mostRecent) break;
    lately.delete(oldest);
  }
  if (known instanceof Invalid) throw known;
  return known;
}

/** The parser of Markdown calls itself for each quotation within a quotation, until it cannot. */
function readOrRefuse(text: string): CleanHtml | Invalid {
  try {
    return htmlOfMarkdown(text);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return new Invalid(
      'web/studio: this text has quotations or lists within one another, too deep to be read',
      {
        path: 'text',
        cause,
      },
    );
  }
}

/** A short text that may be absent: a summary, a note. */
export function writtenNote(typed: string, before: CleanHtml | null): CleanHtml | null {
  return typed.trim() === '' ? null : writtenText(typed, before ?? undefined).html;
}

/** How each block of a text begins, in words for all of them. */
export function openingsOf(html: CleanHtml): readonly string[] {
  return blockStarts(html).map((start) => start || '* * *');
}
