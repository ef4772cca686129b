import { textOfHtml } from '../../html.ts';
import type { WorkView } from '../../model/views.ts';
import { getState, listStates } from '../../store/works.ts';
import { readWritten } from '../../store/writing.ts';
import type { Archive } from '../archive.ts';

/** At most this many of the versions that readers were shown are looked through, the newest first. */
const mostVersions = 30;

/** Letters: by them a passage is told from others. */
const opening = 80;

/**
 * Where a passage went that readers were once shown, and that is no more: the key of the one in which its first words
 * stand now, or null where they stand in none. Undefined for what readers were never shown.
 */
export async function movedTo(
  { store }: Archive,
  { id, state }: Pick<WorkView, 'id' | 'state'>,
  key: string,
): Promise<string | null | undefined> {
  const shown = (await listStates(store, id)).filter((s) => s.shownAt !== null && s.number !== state);
  for (const { number } of shown.toReversed().slice(0, mostVersions)) {
    const { entries } = await getState(store, id, number);
    if (!entries.some((entry) => entry.key === key)) continue;
    const then = (await readWritten(store, id, number)).story.passages.find((p) => p.key === key);
    const words = then === undefined ? '' : textOfHtml(then.html).slice(0, opening).trim();
    if (words === '') return null;
    const now = (await readWritten(store, id, state)).story.passages;
    return now.find(({ html }) => textOfHtml(html).includes(words))?.key ?? null;
  }
  return undefined;
}
