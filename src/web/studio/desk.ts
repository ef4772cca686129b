import type { Context } from 'hono';
import { Forbidden, Invalid } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { AccountActor, Pseud } from '../../model/person.ts';
import type { Passage, Story } from '../../model/state.ts';
import type { WorkView } from '../../model/views.ts';
import type { Header } from '../../model/work.ts';
import { findHands, getWritten, readWritten } from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import { type Archive, keepingHeaders } from '../archive.ts';
import { openedWork } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';

/** A work before the one who writes it, none of its words read yet, and the name she writes it under. */
export interface Seat {
  /** The work in its newest state, the number of which is `work.state`. */
  readonly work: WorkView;
  /** The number of the state its readers see, or would see. */
  readonly shown: number;
  readonly opened: OpenedWork;
  readonly actor: AccountActor;
  readonly by: Pseud;
}

/** A seat with all that the newest state says: the header, and the story with its texts. */
export interface Desk extends Seat {
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
}

/**
 * The work of the address, for whom the guard let in, where none of its texts is needed.
 * @throws Forbidden for an account without a pen name
 */
export async function takeSeat(c: Context, archive: Archive): Promise<Seat> {
  const asked = openedWork(c);
  const work = await getWritten(archive.store, asked.work.id);
  const actor = await accountOf(c, archive);
  const { creators } = await findHands(archive.store, work.id);
  const by = actor.pseuds.find((pseud) => creators.includes(pseud.id)) ?? penName(actor);
  return { work, shown: asked.work.state, opened: { ...asked, work }, actor, by };
}

/** The same with all its texts. @throws Forbidden for an account without a pen name */
export async function sitDown(c: Context, archive: Archive): Promise<Desk> {
  const seat = await takeSeat(c, archive);
  return { ...seat, ...(await readWritten(archive.store, seat.work.id, seat.work.state)) };
}

/**
 * The state from which a form was filled in, by the number it sends: what differs between it and the newest was saved
 * meanwhile.
 * @throws Invalid for a number that no state has
 */
export async function stateAt(
  archive: Archive,
  { work, header, story }: Desk,
  number: number,
): Promise<Pick<Desk, 'header' | 'story'>> {
  if (number === work.state) return { header, story };
  if (!Number.isInteger(number) || number < 1 || number > work.state)
    throw new Invalid(
      'web/studio: this form does not say which version it was made from; open the page again',
    );
  return readWritten(archive.store, work.id, number);
}

/** The desk as it is now, should someone have saved since it was opened. */
export async function satAgain(archive: Archive, desk: Desk): Promise<Desk> {
  const work = await getWritten(archive.store, desk.work.id);
  return { ...desk, work, ...(await readWritten(archive.store, work.id, work.state)) };
}

/** The first name of an account. @throws Forbidden when it has none */
export function penName(actor: AccountActor): Pseud {
  const [first] = actor.pseuds;
  if (first === undefined) throw new Forbidden('web/studio: writing needs a pen name; choose one first');
  return first;
}

/** A passage of the work and its place in the order; undefined where there is none. */
export function findPassage(
  { story }: Desk,
  key: string,
): { readonly passage: Passage<CleanHtml>; readonly at: number } | undefined {
  const at = story.passages.findIndex((p) => p.key === key);
  const passage = story.passages[at];
  return passage === undefined ? undefined : { passage, at };
}

/** The address of a work's desk, or with `rest` of something on it. */
export function studioPath(workId: string, rest = ''): string {
  return `/studio/${workId}${rest}`;
}

/** Where one passage is written. */
export function writingPath(workId: string, key: string): string {
  return studioPath(workId, `/passages/${key}`);
}

/** The address under which a work reads exactly as its readers will see it, whatever its stage. */
export function previewPath(work: WorkView, rest = ''): string {
  return workPath(`${work.id}-${work.secret}`, rest);
}

/** Leads to a page after a form; `did` is what the page says of it. */
export function leadTo(c: Context, path: string, did: string): Response {
  for (const [name, text] of Object.entries(keepingHeaders('private'))) c.header(name, text);
  const [address = '', place] = path.split('#');
  return c.redirect(`${address}?did=${did}${place === undefined ? '' : `#${place}`}`, 303);
}
