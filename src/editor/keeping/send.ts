import { readHtml } from '../document/read.ts';
import type { Fields } from './fields.ts';
import type { Answer, Typed } from './keeper.ts';

/** Sends what stands in a form to be kept as a draft. @throws TypeError without a connection */
export async function sendDraft(form: HTMLFormElement): Promise<Answer> {
  const typed = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const response = await fetch(form.dataset.drafts ?? '', {
    method: 'POST',
    body: new URLSearchParams(typed),
    headers: { accept: 'application/json' },
  });
  const isOurs = response.headers.get('content-type')?.startsWith('application/json') === true;
  if (!isOurs) return { kind: 'refused', why: whyNot(response.status) };
  const answer = await response.json();
  if (answer.kind === 'begun') return begun(form, answer);
  if (answer.kind !== 'newer') return { kind: 'kept', from: answer.from };
  const { whose, from, theirs, began } = answer;
  return {
    kind: 'newer',
    whose,
    from,
    theirs: asTyped(theirs),
    ...(began !== undefined && { began: asTyped(began) }),
  };
}

function asTyped({ html, fields }: { readonly html: string; readonly fields: Fields }): Typed {
  return { doc: readHtml(html, document).doc, fields };
}

/** What was begun on the page for new ones has a place of its own now: the form goes on as that of its page. */
function begun(
  form: HTMLFormElement,
  answer: {
    readonly path: string;
    readonly drafts: string;
    readonly kept: string;
    readonly from: Fields;
  },
): Answer {
  form.action = answer.path;
  form.dataset.drafts = answer.drafts;
  history.replaceState(history.state, '', answer.path);
  return { kind: 'kept', from: answer.from, name: answer.kept };
}

function whyNot(status: number): string {
  if (status === 401 || status === 403 || status === 404)
    return 'kept on this device; sign in again to send it';
  if (status === 413) return 'kept on this device; too long to be sent as one text';
  return 'kept on this device; the archive did not take it yet';
}
