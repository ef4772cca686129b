import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands';
import { undoInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { type Command, type Plugin, TextSelection } from 'prosemirror-state';
import { schema } from './document/schema.ts';
import { redo, undo } from './keeping/history.ts';

const { nodes, marks } = schema;

/** What keys do in the words; Tab leaves them, as everywhere on a page. */
export function keys(own: Readonly<Record<string, Command>> = {}): readonly Plugin[] {
  return [
    keymap({
      ...own,
      'Mod-z': chainCommands(undoInputRule, undo),
      'Shift-Mod-z': redo,
      'Mod-y': redo,
      Backspace: undoInputRule,
      'Mod-b': toggleMark(marks.strong),
      'Mod-i': toggleMark(marks.em),
      'Shift-Enter': chainCommands(exitCode, lineBreak),
      Enter: chainCommands(verseLine, splitListItem(nodes.list_item)),
      'Mod-]': sinkListItem(nodes.list_item),
      'Mod-[': liftListItem(nodes.list_item),
    }),
    keymap(baseKeymap),
  ];
}

const lineBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false;
  dispatch?.(state.tr.replaceSelectionWith(schema.node('hard_break')).scrollIntoView());
  return true;
};

/** In verse a line ends; after an empty line the verse does. */
const verseLine: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if ($from.parent.type !== nodes.verse) return false;
  const isAfterBreak =
    $from.nodeBefore?.type === nodes.hard_break && $from.parentOffset === $from.parent.content.size;
  if (!empty || !isAfterBreak) return lineBreak(state, dispatch);
  const tr = state.tr.delete($from.pos - 1, $from.pos);
  const at = tr.mapping.map($from.after());
  tr.insert(at, schema.node('paragraph'));
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
};
