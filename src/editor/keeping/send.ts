import { readHtml } from '../document/read.ts';
import type { Answer, Typed } from './keeper.ts';

/** Sends what stands in a form to be kept as a draft. @throws TypeError without a connection */
export async function sendDraft(
  form: HTMLFormElement,
  {
    text,
    title,
    ending,
    base,
    draft,
  }: Omit<Typed, 'doc'> & {
    readonly text: string;
    readonly base: string;
    readonly draft: string;
  },
): Promise<Answer> {
  const body = new URLSearchParams({ text, title, base, draft, ...(ending ? { ending: 'yes' } : {}) });
  const response = await fetch(form.dataset.drafts ?? '', {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  });
  const isOurs = response.headers.get('content-type')?.startsWith('application/json') === true;
  if (!isOurs) return { kind: 'refused', why: whyNot(response.status) };
  const answer = await response.json();
  if (answer.kind !== 'newer') return { kind: 'kept', draft: String(answer.draft) };
  const theirs = { doc: readHtml(answer.html, document).doc, title: answer.title, ending: answer.ending };
  return {
    kind: 'newer',
    whose: answer.whose,
    base: String(answer.base),
    draft: String(answer.draft),
    theirs,
  };
}

function whyNot(status: number): string {
  if (status === 401 || status === 403 || status === 404)
    return 'kept on this device; sign in again to send it';
  if (status === 413) return 'kept on this device; too long to be sent as one passage';
  return 'kept on this device; the archive did not take it yet';
}
