import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { Attrs, MarkType, NodeType } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, type EditorState, NodeSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { schema } from './document/schema.ts';

const { nodes, marks } = schema;

/** A thing to do with the words: a button. */
interface Tool {
  readonly face: string;
  readonly name: string;
  readonly keys?: string;
  readonly class?: string;
  readonly run: Command;
  readonly isOn?: (state: EditorState) => boolean;
}

/** What the toolbar asks for, beyond what it can do itself. */
export interface Asks {
  readonly link: Command;
  /** Undefined where none can be added. */
  readonly picture: Command | undefined;
  readonly focus: () => void;
}

function tools(asks: Asks): readonly Tool[] {
  return [
    {
      face: 'B',
      name: 'Bold',
      keys: 'B',
      class: 'tool-bold',
      run: toggleMark(marks.strong),
      isOn: marked(marks.strong),
    },
    {
      face: 'I',
      name: 'Emphasis',
      keys: 'I',
      class: 'tool-italic',
      run: toggleMark(marks.em),
      isOn: marked(marks.em),
    },
    {
      face: '“ ”',
      name: 'Quotation',
      run: toggled(nodes.blockquote, wrapIn(nodes.blockquote), lift),
      isOn: within(nodes.blockquote),
    },
    { face: '∗∗∗', name: 'Scene break', run: putSceneBreak },
    { face: 'Link', name: 'Link', keys: 'K', run: asks.link, isOn: marked(marks.link) },
    { face: 'H', name: 'Heading', run: heading, isOn: within(nodes.heading) },
    {
      face: '•',
      name: 'List',
      run: toggled(nodes.bullet_list, wrapInList(nodes.bullet_list), liftListItem(nodes.list_item)),
      isOn: within(nodes.bullet_list),
    },
    {
      face: '1.',
      name: '1. Numbered list',
      run: toggled(nodes.ordered_list, wrapInList(nodes.ordered_list), liftListItem(nodes.list_item)),
      isOn: within(nodes.ordered_list),
    },
    {
      face: 'Verse',
      name: 'Verse',
      run: toggled(nodes.verse, setBlockType(nodes.verse), setBlockType(nodes.paragraph)),
      isOn: within(nodes.verse),
    },
    ...(asks.picture === undefined
      ? []
      : [{ face: 'Picture', name: 'Picture, with its words', run: asks.picture }]),
    { face: 'Note', name: 'Note, shown at the end', run: putNote },
    {
      face: '⇄',
      name: 'Right to left',
      run: turnAround,
      isOn: (state) => state.selection.$from.parent.attrs.dir === 'rtl',
    },
  ];
}

/** The buttons above the words; `update` shows which are on. */
export function makeToolbar(
  view: EditorView,
  asks: Asks,
): { readonly dom: HTMLElement; readonly update: () => void } {
  const dom = document.createElement('div');
  dom.className = 'tools';
  dom.setAttribute('role', 'toolbar');
  dom.setAttribute('aria-label', 'The words');
  const buttons = tools(asks).map((tool) => ({ tool, button: makeButton(tool) }));
  for (const { tool, button } of buttons) {
    // The words keep the focus and the selection.
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => {
      tool.run(view.state, view.dispatch, view);
      // A note that was opened has the focus: what is typed next is its words, and does not take its place.
      if (!view.dom.contains(document.activeElement)) view.focus();
    });
  }
  const focus = makeButton({ face: 'Focus', name: 'Focus on what I write', run: () => true });
  focus.setAttribute('aria-pressed', 'false');
  focus.addEventListener('click', () => {
    asks.focus();
    view.focus();
  });
  focus.classList.add('tool-focus');
  dom.append(...buttons.map(({ button }) => button), focus);
  const update = (): void => {
    for (const { tool, button } of buttons)
      if (tool.isOn !== undefined) button.setAttribute('aria-pressed', String(tool.isOn(view.state)));
  };
  update();
  return { dom, update };
}

function makeButton({ face, name, keys, class: kind }: Tool): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = `tool ${kind ?? ''}`.trim();
  button.textContent = face;
  button.setAttribute('aria-label', name);
  button.title = keys === undefined ? name : `${name} (${isApple() ? '⌘' : 'Ctrl+'}${keys})`;
  return button;
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

function marked(type: MarkType) {
  return ({ doc, selection: { from, to, empty, $from }, storedMarks }: EditorState): boolean =>
    empty ? type.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, type);
}

function within(type: NodeType) {
  return ({ selection: { $from } }: EditorState): boolean => {
    for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true;
    return false;
  };
}

function toggled(type: NodeType, on: Command, off: Command): Command {
  return (state, dispatch, view) => (within(type)(state) ? off : on)(state, dispatch, view);
}

/** Through the depths of headings, and back to a paragraph. */
const heading: Command = (state, dispatch, view) => {
  const { parent } = state.selection.$from;
  const level = parent.type === nodes.heading ? parent.attrs.level + 1 : 2;
  const command = level > 3 ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level });
  return command(state, dispatch, view);
};

const putSceneBreak: Command = (state, dispatch) => {
  const { $from } = state.selection;
  if ($from.depth === 0) return false;
  const at = $from.after(1);
  const tr = state.tr.insert(at, schema.node('scene_break'));
  const isLast = at === state.doc.content.size;
  if (isLast) tr.insert(at + 1, schema.node('paragraph'));
  dispatch?.(tr.scrollIntoView());
  return true;
};

const putNote: Command = (state, dispatch) => {
  const { $from, from, to } = state.selection;
  if (!$from.parent.inlineContent || $from.parent.type === nodes.footnote) return false;
  const tr = state.tr.insert(to, schema.node('footnote'));
  dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, from === to ? from : to)));
  return true;
};

const turnAround: Command = (state, dispatch) => {
  const tr = state.tr;
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
    if (!node.isTextblock || node.type === nodes.footnote) return;
    const attrs: Attrs = { ...node.attrs, dir: node.attrs.dir === 'rtl' ? null : 'rtl' };
    tr.setNodeMarkup(pos, null, attrs);
  });
  dispatch?.(tr);
  return tr.docChanged;
};
