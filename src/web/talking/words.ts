import { Invalid, Unreadable } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { longestComment } from '../../model/talk.ts';
import { grouped } from '../../phrases.ts';
import { htmlOfMarkdown } from '../../writing/markdown.ts';

/**
 * The words of a comment, of the Markdown that was typed. What is far too long is not read at all.
 * @throws Invalid
 */
export function saidWords(typed: string): CleanHtml {
  if (typed.length > 2 * longestComment)
    throw new Invalid(`web/talking: a comment has at most ${grouped(longestComment)} characters`, {
      path: 'words',
    });
  try {
    return htmlOfMarkdown(typed);
  } catch (cause) {
    if (cause instanceof Invalid || cause instanceof Unreadable || cause instanceof RangeError)
      throw new Invalid('web/talking: these words have signs within signs, too deep to be read', {
        path: 'words',
        cause,
      });
    throw cause;
  }
}
