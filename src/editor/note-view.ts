import { keymap } from 'prosemirror-keymap';
import { EditorState, TextSelection } from 'prosemirror-state';
import { StepMap } from 'prosemirror-transform';
import { EditorView, type NodeViewConstructor } from 'prosemirror-view';
import { changesTo } from './document/changes.ts';
import { keys } from './keys.ts';

/**
 * A note is a number where it is called; chosen, it opens below the line, and Escape closes it (after ProseMirror's
 * example of footnotes).
 */
export const noteView: NodeViewConstructor = (given, outer, getPos) => {
  let node = given;
  let inner: EditorView | undefined;
  const dom = document.createElement('span');
  dom.className = 'note-call';

  const close = (): void => {
    inner?.destroy();
    inner = undefined;
    dom.replaceChildren();
  };
  const leave = (): boolean => {
    const at = getPos();
    if (at === undefined) return false;
    outer.dispatch(outer.state.tr.setSelection(TextSelection.create(outer.state.doc, at + node.nodeSize)));
    outer.focus();
    return true;
  };
  const open = (): void => {
    const box = dom.appendChild(document.createElement('span'));
    box.className = 'note-box';
    inner = new EditorView(box, {
      state: EditorState.create({ doc: node, plugins: [keymap({ Escape: leave, Enter: leave }), ...keys()] }),
      attributes: { 'aria-label': 'Note', role: 'textbox' },
      dispatchTransaction(tr) {
        if (inner === undefined) return;
        const { state, transactions } = inner.state.applyTransaction(tr);
        inner.updateState(state);
        const at = getPos();
        if (tr.getMeta('fromOutside') || at === undefined) return;
        const outerTr = outer.state.tr;
        const offset = StepMap.offset(at + 1);
        for (const each of transactions)
          for (const step of each.steps) {
            const mapped = step.map(offset);
            if (mapped !== null) outerTr.step(mapped);
          }
        if (outerTr.docChanged) outer.dispatch(outerTr);
      },
    });
    inner.focus();
  };

  return {
    dom,
    selectNode() {
      dom.classList.add('is-open');
      if (inner === undefined) open();
    },
    deselectNode() {
      dom.classList.remove('is-open');
      close();
    },
    update(next) {
      if (!next.sameMarkup(node)) return false;
      node = next;
      // What changed outside (undo) comes into the open note.
      const tr = inner && changesTo(inner.state, next);
      if (tr !== undefined) inner?.dispatch(tr.setMeta('fromOutside', true));
      return true;
    },
    destroy: close,
    stopEvent: (event) => inner?.dom.contains(event.target as globalThis.Node) ?? false,
    ignoreMutation: () => true,
  };
};
