import {
  type Command,
  type EditorState,
  Plugin,
  PluginKey,
  Selection,
  type Transaction,
} from 'prosemirror-state';
import { Step } from 'prosemirror-transform';
import { schema } from '../document/schema.ts';

/*
 * Undo that survives a reload (decisions/014): every change of the document is kept as the steps that take it back,
 * which are plain data. Changes typed in one breath are one.
 */

/** Steps that take a change back, in the order in which they are applied, and where the cursor was before it. */
interface Change {
  readonly steps: readonly Step[];
  readonly selection: unknown;
}

interface Past {
  readonly done: readonly Change[];
  readonly undone: readonly Change[];
  /** When the last change was made; 0 where the next begins a new one. */
  readonly at: number;
}

/** Pauses longer than this part what one undo takes back. */
const breath = 600;
const mostChanges = 300;

const key = new PluginKey<Past>('history');
const nothing: Past = { done: [], undone: [], at: 0 };

/** Remembers what was changed; `kept` is what `keptHistory` gave before a reload, for the document as it was then. */
export function history(kept?: unknown): Plugin<Past> {
  return new Plugin<Past>({
    key,
    state: { init: () => readHistory(kept), apply: remember },
    props: {
      handleDOMEvents: {
        beforeinput(view, event) {
          const command = { historyUndo: undo, historyRedo: redo }[(event as InputEvent).inputType];
          if (command === undefined) return false;
          event.preventDefault();
          return command(view.state, view.dispatch);
        },
      },
    },
  });
}

function remember(tr: Transaction, past: Past, before: EditorState): Past {
  const given: Past | undefined = tr.getMeta(key);
  if (given !== undefined) return given;
  if (!tr.docChanged) return tr.selectionSet ? { ...past, at: 0 } : past;
  const steps = tr.steps.map((step, i) => step.invert(tr.docs[i] ?? tr.before)).reverse();
  const last = past.done.at(-1);
  if (last !== undefined && tr.time - past.at < breath) {
    const longer = { ...last, steps: [...steps, ...last.steps] };
    return { done: [...past.done.slice(0, -1), longer], undone: [], at: tr.time };
  }
  const change = { steps, selection: before.selection.toJSON() };
  return { done: [...past.done, change].slice(-mostChanges), undone: [], at: tr.time };
}

/** Takes back the last change. */
export const undo: Command = (state, dispatch) => turn(state, dispatch, 'done', 'undone');

/** Makes again what was taken back. */
export const redo: Command = (state, dispatch) => turn(state, dispatch, 'undone', 'done');

function turn(
  state: EditorState,
  dispatch: ((tr: Transaction) => void) | undefined,
  from: 'done' | 'undone',
  to: 'done' | 'undone',
): boolean {
  const past = key.getState(state) ?? nothing;
  const change = past[from].at(-1);
  if (change === undefined) return false;
  if (dispatch === undefined) return true;
  const { tr } = state;
  for (const step of change.steps) tr.step(step);
  const back = tr.steps.map((step, i) => step.invert(tr.docs[i] ?? tr.before)).reverse();
  const turned = { steps: back, selection: state.selection.toJSON() };
  const next = { ...past, [from]: past[from].slice(0, -1), [to]: [...past[to], turned], at: 0 };
  dispatch(select(tr, change.selection).setMeta(key, next).scrollIntoView());
  return true;
}

function select(tr: Transaction, selection: unknown): Transaction {
  try {
    return tr.setSelection(Selection.fromJSON(tr.doc, selection));
  } catch {
    return tr;
  }
}

/** What can be undone and made again, as plain data. */
export function keptHistory(state: EditorState): unknown {
  const { done, undone } = key.getState(state) ?? nothing;
  const plain = ({ steps, selection }: Change) => ({ steps: steps.map((step) => step.toJSON()), selection });
  return { done: done.map(plain), undone: undone.map(plain) };
}

/** Nothing where what was kept is not sound: then nothing can be undone, and no word is lost. */
function readHistory(kept: unknown): Past {
  const { done, undone } = (kept ?? {}) as { readonly done?: unknown; readonly undone?: unknown };
  try {
    return { done: readChanges(done), undone: readChanges(undone), at: 0 };
  } catch {
    return nothing;
  }
}

/** @throws RangeError for what are no steps of this schema */
function readChanges(kept: unknown): readonly Change[] {
  if (!Array.isArray(kept)) return [];
  return kept.map(({ steps, selection }) => ({
    steps: steps.map((step: unknown) => Step.fromJSON(schema, step)),
    selection,
  }));
}
