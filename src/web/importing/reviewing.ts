import type { Context } from 'hono';
import { NotFound } from '../../errors.ts';
import { type Reviewed, reviewSource } from '../../intake/review.ts';
import type { KeptSource } from '../../model/views.ts';
import { isRevisedByHand } from '../../store/editions.ts';
import { listSources } from '../../store/originals.ts';
import type { Archive } from '../archive.ts';
import type { Form } from '../forms.ts';
import { type Seat, takeSeat } from '../studio/desk.ts';
import type { Fault } from '../studio/frame.tsx';
import { reader } from './reader.ts';

/** A work that was imported before one who decides about it: a source of it, read anew. */
export interface Reviewing extends Seat, Pick<Reviewed, 'edition' | 'look' | 'places' | 'decisions'> {
  readonly source: KeptSource;
  readonly sources: readonly KeptSource[];
  /** Whether someone has written on it since it was read. */
  readonly isRevised: boolean;
  /** A form that came back. */
  readonly sent: { readonly form: Form; readonly fault: Fault } | undefined;
}

/**
 * The work of the address with the copy of its page that is asked for, by its hash; the first one otherwise.
 * @throws NotFound for a work that was read from nothing, or whose page was erased
 */
export async function openReview(
  c: Context,
  archive: Archive,
  copy: string | undefined,
  sent?: Reviewing['sent'],
): Promise<Reviewing> {
  const seat = await takeSeat(c, archive);
  const sources = await listSources(archive.store, seat.work.id);
  const source = findCopy(sources, copy);
  const reviewed = await reviewSource(archive.store, source, reader);
  const isRevised = await isRevisedByHand(archive.store, seat.work.id);
  return { ...seat, ...reviewed, source, sources, isRevised, sent };
}

/** @throws NotFound where there is none whose bytes are kept */
function findCopy(sources: readonly KeptSource[], copy: string | undefined): KeptSource {
  const kept = sources.filter(({ bytes }) => bytes !== null);
  const found = kept.find(({ record }) => record.sha256 === copy) ?? kept[0];
  if (found === undefined)
    throw new NotFound(
      'web/importing: this work was written here, or its page was erased: nothing to review',
    );
  return found;
}
