import type { Context } from 'hono';
import type { CleanHtml } from '../../html.ts';
import { may } from '../../model/person.ts';
import type { Story } from '../../model/state.ts';
import type { WorkView } from '../../model/views.ts';
import type { Header } from '../../model/work.ts';
import { getWritten, readWritten } from '../../store/writing.ts';
import { actorOf } from '../actor.ts';
import type { Archive } from '../archive.ts';
import { roomPath } from '../betas/addresses.ts';
import { askedSubject, openedWork } from '../guard.ts';
import type { OpenedWork } from '../handle.ts';
import { type Told, tellStory } from '../reading/story.ts';
import { previewPath, studioPath } from './desk.ts';

/** A work as it is written now, before one who may read that: she need not be one who writes it. */
export interface Written {
  readonly work: WorkView;
  readonly opened: OpenedWork;
  readonly header: Header<CleanHtml>;
  readonly story: Story<CleanHtml>;
  readonly told: Told;
  /** Whether she may change it. */
  readonly writes: boolean;
  /** Where she came from: its desk, the room of its betas, or the page it will have. */
  readonly up: string;
}

/** The newest state of the work of the address, for whom the guard let in. */
export async function openWritten(c: Context, archive: Archive): Promise<Written> {
  const work = await getWritten(archive.store, openedWork(c).work.id);
  const opened = { ...openedWork(c), work };
  const { header, story } = await readWritten(archive.store, work.id, work.state);
  const [actor, subject] = [await actorOf(c, archive), askedSubject(c)];
  const writes = may(actor, 'revise a work', subject);
  // The secret link stays with those who write: a beta who had it would read on when her reading has ended.
  const other = may(actor, 'suggest changes', subject) ? roomPath(work.id) : previewPath(work);
  const up = writes ? studioPath(work.id) : other;
  return { work, opened, header, story, told: tellStory(story), writes, up };
}
