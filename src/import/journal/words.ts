import { isText, type Node, type Parent, type TextNode, textOf, visibleText } from '../../dom.ts';
import type { CommentState } from '../../model/comment.ts';

/** The visible texts below a node, those of white space only left out. */
export function textsIn(root: Parent | Node): readonly TextNode[] {
  if (isText(root)) return root.value.trim() === '' ? [] : [root];
  return [...visibleText(root)].filter((node) => node.value.trim() !== '');
}

/** The visible words, null where there are none. */
export function wordsOf(root: Parent | Node | undefined): string | null {
  const words = root === undefined ? '' : textOf(root);
  return words === '' ? null : words;
}

/**
 * A subject as an entry or comment has it: null for none, and for what the sites print where there is none
 * (`(no subject)`; `talk.nosubject` in the languages seen).
 */
export function subjectOf(written: string | null): string | null {
  return written === null ||
    /^\(?(?:no subject|без темы|kein betreff|sans titre|ohne titel)\)?$/i.test(written)
    ? null
    : written;
}

/** The date in an edit note: "Edited at 2006-05-28 12:47 pm UTC" gives what begins at the first date-like word. */
export function dateInNote(note: string): string | null {
  return (
    /(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\p{L}{3,}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)?[ -]\p{L}{3,}\.?[ -,]+\d{4}).*$/u.exec(
      note.slice(0, 300),
    )?.[0] ?? null
  );
}

const stateWords: readonly (readonly [CommentState, RegExp])[] = [
  ['hidden', /suspend|приостановлен|заморожен/i],
  ['hidden', /spam|спам|suspicious|подозрит/i],
  ['screened', /screened|скрыт|скрит|verdeckt|masqu/i],
  ['deleted', /deleted|удал[её]н|видален|gelösch|supprim|borrad|eliminad|poistett/i],
];

/** The state that the words printed in place of a comment tell; undefined for words that are not known. */
export function stateOfWords(words: string): CommentState | undefined {
  return stateWords.find(([, pattern]) => pattern.test(words))?.[0];
}
