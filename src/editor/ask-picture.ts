import { type Command, type EditorState, NodeSelection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { makeButton, makeField } from './ask.ts';
import { schema } from './document/schema.ts';

/**
 * A line below the toolbar that asks for a picture and for what it shows; for a picture that is chosen in the text, for
 * the words alone. `path` is where pictures are sent (`studio/pictures.tsx`).
 */
export function askForPicture(path: string): { readonly dom: HTMLElement; readonly command: Command } {
  const { image } = schema.nodes;
  const dom = document.createElement('div');
  dom.className = 'ask';
  dom.hidden = true;
  const file = makeField(dom, 'The picture ');
  file.type = 'file';
  file.accept = 'image/png,image/jpeg,image/gif,image/webp,image/avif';
  const alt = makeField(dom, 'What it shows, for those who cannot see it ');
  alt.maxLength = 1000;
  const put = makeButton(dom, 'Put the picture');
  const cancel = makeButton(dom, 'Leave it');
  const fault = dom.appendChild(document.createElement('p'));
  fault.className = 'fault';
  fault.setAttribute('role', 'alert');
  let asking: EditorView | undefined;

  const close = (): void => {
    dom.hidden = true;
    file.value = '';
    asking?.focus();
  };
  const finish = async (): Promise<void> => {
    if (asking === undefined) return;
    const words = alt.value.replace(/\s+/g, ' ').trim();
    const chosen = chosenPicture(asking.state);
    if (chosen !== undefined) {
      const { from } = chosen;
      asking.dispatch(asking.state.tr.setNodeMarkup(from, null, { ...chosen.node.attrs, alt: words }));
      close();
      return;
    }
    const sent = await send(path, file.files?.[0], words);
    fault.textContent = sent.problem ?? '';
    if (sent.sha256 === undefined) return;
    const node = image.create({ src: `resource:${sent.sha256}`, alt: words });
    asking.dispatch(asking.state.tr.replaceSelectionWith(node).scrollIntoView());
    close();
  };
  put.addEventListener('click', () => void finish());
  cancel.addEventListener('click', close);
  dom.addEventListener('keydown', (event) => {
    const isDone = event.key === 'Enter' && event.target === alt;
    if (!isDone && event.key !== 'Escape') return;
    event.preventDefault();
    if (isDone) void finish();
    else close();
  });

  const command: Command = (state, dispatch, view) => {
    if (view === undefined || dispatch === undefined) return true;
    asking = view;
    const chosen = chosenPicture(state);
    alt.value = chosen?.node.attrs.alt ?? '';
    fault.textContent = '';
    file.closest('label')?.toggleAttribute('hidden', chosen !== undefined);
    dom.hidden = false;
    // After the command the toolbar gives the focus back to the words.
    setTimeout(() => (chosen === undefined ? file : alt).focus());
    return true;
  };
  return { dom, command };
}

function chosenPicture({ selection }: EditorState): NodeSelection | undefined {
  const isPicture = selection instanceof NodeSelection && selection.node.type === schema.nodes.image;
  return isPicture ? selection : undefined;
}

interface Sent {
  readonly sha256?: string;
  readonly problem?: string;
}

async function send(path: string, picture: File | undefined, alt: string): Promise<Sent> {
  if (picture === undefined) return { problem: 'Choose a picture.' };
  const body = new FormData();
  body.set('picture', picture);
  body.set('alt', alt);
  try {
    const response = await fetch(path, { method: 'POST', body, headers: { accept: 'application/json' } });
    const isOurs = response.headers.get('content-type')?.startsWith('application/json') === true;
    return isOurs ? await response.json() : { problem: 'The archive did not take it: it may be too large.' };
  } catch {
    return { problem: 'There is no connection. A picture can be put in when there is one.' };
  }
}
