import type { Node } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';

/**
 * What puts another document in place, changing only what differs, so that the cursor stays and undo goes back;
 * undefined where nothing does.
 */
export function changesTo(state: EditorState, doc: Node): Transaction | undefined {
  const now = state.doc.content;
  const start = now.findDiffStart(doc.content);
  const end = now.findDiffEnd(doc.content as never);
  if (start === null || end === null) return undefined;
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  return state.tr.replace(start, end.a + overlap, doc.slice(start, end.b + overlap));
}
