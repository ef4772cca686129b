import { NotFound } from '../../errors.ts';
import type { CleanHtml } from '../../html.ts';
import type { Passage } from '../../model/state.ts';
import type { Page, WorkView } from '../../model/views.ts';
import type { WorkKind } from '../../model/work.ts';
import { afterOf, pageOf, readAfter } from '../engine/paging.ts';
import { limited, type Store } from '../engine/store.ts';
import { largestSigla } from '../rows/shown.ts';
import { readState, type StateWords } from '../rows/states.ts';
import { selectWorks, viewsOf } from '../rows/work-rows.ts';

/** A work in a list of one's own, in its newest state. */
export interface WrittenWork extends WorkView {
  /** When it is to be published (ISO 8601), where it is scheduled. */
  readonly dueAt: string | null;
  /** The number of the state readers see, or would see. */
  readonly shown: number;
}

/** The stories (or the notes) that pseuds wrote, in every stage, those changed last first. */
export async function listWritten(
  store: Store,
  pseudIds: readonly string[],
  q: { readonly kind?: WorkKind; readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<WrittenWork>> {
  if (pseudIds.length === 0) return { items: [], next: null };
  const limit = limited(q.limit, 25, 100);
  const after = readAfter(q.after, 2);
  const rows = await selectWorks(store.read, 'newest')
    .select(['works.due_at', 'works.state'])
    .where('works.kind', '=', q.kind ?? 'story')
    .where('works.id', 'in', (e) =>
      e
        .selectFrom('creatorships')
        .select('work_id')
        .where('person_id', 'in', pseudIds)
        .where('role', '=', 'author')
        .where('answer', '=', 'accepted'),
    )
    .$if(after !== undefined, (b) =>
      b.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('states.made_at', 'works.id'), '<', tuple(after?.[0] ?? '', after?.[1] ?? '')),
      ),
    )
    .orderBy('states.made_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (r) => afterOf(r.made_at, r.id));
  const views = await viewsOf(store.read, page.items);
  const rowOf = new Map(page.items.map((r) => [r.id, r]));
  const written = views.map((view): WrittenWork => {
    const row = rowOf.get(view.id);
    return { ...asWritten(view), dueAt: row?.due_at ?? null, shown: row?.state ?? view.state };
  });
  return { items: written, next: page.next };
}

/**
 * A work as those who write it have it: a view of its newest state, whose number is `state`. Counts and sigla are of
 * that state too; names credited only there have no page yet.
 * @throws NotFound
 */
export async function getWritten(store: Store, workId: string): Promise<WorkView> {
  const rows = await selectWorks(store.read, 'newest').where('works.id', '=', workId).execute();
  const [view] = await viewsOf(store.read, rows);
  if (view === undefined) throw new NotFound(`store: no work has the id ${JSON.stringify(workId)}`);
  return asWritten(view);
}

function asWritten(view: WorkView): WorkView {
  const { entries, variantSets } = view;
  return {
    ...view,
    words: entries.reduce((sum, p) => sum + p.words, 0),
    passages: entries.length,
    endings: entries.filter((p) => p.ending).length,
    sigla: largestSigla(variantSets),
  };
}

/** A state of a work with its texts, for those who write; erased ones are empty. @throws NotFound */
export async function readWritten(store: Store, workId: string, number: number): Promise<StateWords> {
  return readState(store, store.read, workId, number);
}

/** One passage in two states: null where a state does not have it. */
export interface PassageBeside {
  readonly key: string;
  readonly a: Passage<CleanHtml> | null;
  readonly b: Passage<CleanHtml> | null;
  readonly change: 'same' | 'text' | 'title' | 'added' | 'removed';
}

/** Two states of a work and their passages side by side, in the order of the second, those only the first has last. */
export async function readBeside(
  store: Store,
  workId: string,
  one: number,
  other: number,
): Promise<{ readonly a: StateWords; readonly b: StateWords; readonly passages: readonly PassageBeside[] }> {
  const a = await readState(store, store.read, workId, one);
  const b = await readState(store, store.read, workId, other);
  const inA = new Map(a.story.passages.map((p) => [p.key, p]));
  const inB = new Set(b.story.passages.map((p) => p.key));
  const passages = [
    ...b.story.passages.map((p) => beside(inA.get(p.key) ?? null, p, p.key)),
    ...a.story.passages.filter((p) => !inB.has(p.key)).map((p) => beside(p, null, p.key)),
  ];
  return { a, b, passages };
}

function beside(a: Passage<CleanHtml> | null, b: Passage<CleanHtml> | null, key: string): PassageBeside {
  if (a === null) return { key, a, b, change: 'added' };
  if (b === null) return { key, a, b, change: 'removed' };
  return { key, a, b, change: a.html !== b.html ? 'text' : a.title !== b.title ? 'title' : 'same' };
}
