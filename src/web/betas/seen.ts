import { Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import { getState } from '../../store/works.ts';
import { readWritten } from '../../store/writing.ts';
import type { Archive } from '../archive.ts';
import type { Form } from '../forms.ts';
import type { Desk } from '../studio/desk.ts';

/**
 * What tells a beta's form which text it was made from: the keyed hash of that text, which nobody can name who was not
 * given it. An older version's text is not hers to compare with.
 */
export async function textSeen(archive: Archive, { work }: Desk, key: string): Promise<string> {
  return hashAt(archive, work.id, work.state, key);
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
  const { story } = await readWritten(archive.store, work.id, base);
  const passage = story.passages.find((p) => p.key === key);
  if (passage === undefined) throw refused;
  return passage.html;
}

async function hashAt(archive: Archive, workId: string, number: number, key: string): Promise<string> {
  const { entries } = await getState(archive.store, workId, number);
  return entries.find((entry) => entry.key === key)?.textHash ?? '';
}
