import { toggleMark } from 'prosemirror-commands';
import type { Command } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { schema } from './document/schema.ts';

/** A line below the toolbar that asks where a link leads. */
export function askForLink(): { readonly dom: HTMLElement; readonly command: Command } {
  const { link } = schema.marks;
  const dom = document.createElement('p');
  dom.className = 'ask';
  dom.hidden = true;
  const input = makeField(dom, 'Where it leads ');
  input.type = 'url';
  input.placeholder = 'https://';
  const put = makeButton(dom, 'Put the link');
  const cancel = makeButton(dom, 'Leave it');
  let asking: EditorView | undefined;

  const close = (): void => {
    dom.hidden = true;
    asking?.focus();
  };
  const finish = (): void => {
    const typed = input.value.trim();
    const href = /^[\w.-]+\.[a-z]{2,}(?:[/?#]|$)/i.test(typed) ? `https://${typed}` : typed;
    const url = URL.parse(href);
    if (asking !== undefined && url !== null && /^(?:https?|mailto):$/.test(url.protocol)) {
      const { state } = asking;
      const { from, to, empty } = state.selection;
      const mark = link.create({ href: url.href });
      asking.dispatch(
        empty
          ? state.tr.insert(from, schema.text(url.href, [mark]))
          : state.tr.removeMark(from, to, link).addMark(from, to, mark),
      );
      close();
    } else {
      input.setAttribute('aria-invalid', 'true');
      input.focus();
    }
  };
  put.addEventListener('click', finish);
  cancel.addEventListener('click', close);
  dom.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    if (event.key === 'Enter' && event.target === cancel) return;
    event.preventDefault();
    if (event.key === 'Enter') finish();
    else close();
  });

  const command: Command = (state, dispatch, view) => {
    const { from, to, empty } = state.selection;
    if (!empty && state.doc.rangeHasMark(from, to, link)) return toggleMark(link)(state, dispatch);
    if (view === undefined || dispatch === undefined) return true;
    asking = view;
    dom.hidden = false;
    input.value = '';
    input.removeAttribute('aria-invalid');
    // After the command the toolbar gives the focus back to the words.
    setTimeout(() => input.focus());
    return true;
  };
  return { dom, command };
}

/** A field with its label before it. */
export function makeField(dom: HTMLElement, words: string): HTMLInputElement {
  const label = dom.appendChild(document.createElement('label'));
  label.textContent = words;
  return label.appendChild(document.createElement('input'));
}

/** A button that sends no form. */
export function makeButton(dom: HTMLElement, words: string): HTMLButtonElement {
  const button = dom.appendChild(document.createElement('button'));
  button.type = 'button';
  button.className = 'button button-small';
  button.textContent = words;
  return button;
}
