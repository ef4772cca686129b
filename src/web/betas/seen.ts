import { Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { getState } from '../../store/works.ts';
import { readWritten } from '../../store/writing.ts';
import type { Archive } from '../archive.ts';
import type { Form } from '../forms.ts';
import type { Desk } from '../studio/desk.ts';

/**
 * What tells a beta's form which text it was made from: the state, and the keyed hash of its text, which nobody can name
 * who was not given it. An older version's text is not hers to compare with.
 */
export async function sourcesSeen(
  archive: Archive,
  { work }: Desk,
  key: string,
  { base, draft }: { readonly base: number; readonly draft: number },
): Promise<Readonly<Record<string, string>>> {
  const seen = await hashAt(archive, work.id, base, key);
  return { base: String(base), seen, draft: String(draft) };
}

/** The text a form was made from. @throws Invalid when it was none that was given to her */
export async function seenText(
  archive: Archive,
  { work }: Desk,
  key: string,
  form: Form,
): Promise<CleanHtml> {
  const base = Number(form.get('base'));
  const refused = new Invalid(
    'web/betas: this form does not say which text it was made from; open the page again',
  );
  if (!Number.isInteger(base) || base < 1 || base > work.state) throw refused;
  const hash = await hashAt(archive, work.id, base, key);
  if (hash === '' || hash !== form.get('seen')) throw refused;
  const text = await textAt(archive, work.id, base, key);
  if (text === undefined) throw refused;
  return text;
}

/** The text of a passage in a state that she was given. */
export async function textAt(
  archive: Archive,
  workId: string,
  state: number,
  key: string,
): Promise<CleanHtml | undefined> {
  const { story } = await readWritten(archive.store, workId, state);
  return story.passages.find((p) => p.key === key)?.html;
}

async function hashAt(archive: Archive, workId: string, number: number, key: string): Promise<string> {
  const { entries } = await getState(archive.store, workId, number);
  return entries.find((entry) => entry.key === key)?.textHash ?? '';
}
