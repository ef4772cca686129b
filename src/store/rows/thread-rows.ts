import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import type { About, Comment } from '../../model/comment.ts';
import { StoryGraph } from '../../model/graph/graph.ts';
import { newId } from '../../model/id.ts';
import type { Story } from '../../model/state.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import type { CommentsTable, Schema } from '../schema.ts';
import { commentRow } from './comment-rows.ts';
import { ensurePeople } from './names.ts';
import { placeComments } from './threads.ts';

/** A comment of a work as it is to be kept: under its public id, in its place in the document. */
export interface KeptComment {
  readonly id: string;
  readonly comment: Comment<CleanHtml>;
  /** Whose of this archive it is; not said for comments that came from elsewhere. */
  readonly pseud?: string | undefined;
}

/** Gives comments public ids; `known` has those of comments that are already here, by the id they came with. */
export function withIds(
  comments: readonly Comment<CleanHtml>[],
  known: ReadonlyMap<string, string> = new Map(),
): KeptComment[] {
  return comments.map((comment) => ({ id: known.get(comment.id) ?? newId(), comment }));
}

/**
 * The rows of a whole thread, in the order in which its comments stand, parents before their answers. A comment
 * names its parent by the id it came with.
 */
export async function threadRows(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  kept: readonly KeptComment[],
  story: Story,
): Promise<CommentsTable[]> {
  const names = kept.flatMap(({ comment: { author } }) => (author?.kind === 'imported' ? [author] : []));
  const people = await ensurePeople(store, t, names);
  const ids = new Map(kept.map((k) => [k.comment.id, k.id]));
  const parentOf = ({ comment }: KeptComment): string | null =>
    comment.parent === null ? null : (ids.get(comment.parent) ?? null);
  const placed = placeComments(kept.map((k) => ({ id: k.id, parent: parentOf(k) })));
  const siglaOf = branchesOf(story);
  const rows = kept.flatMap((k, i) => {
    const at = placed.get(k.id);
    if (at === undefined) return [];
    const place = { ...at, id: k.id, parentId: parentOf(k), position: i + 1 };
    const row = commentRow(k.comment, place, workId, people, siglaOf);
    return [sealed(store, k.pseud === undefined ? row : writtenHere(row, k.pseud))];
  });
  return rows.toSorted((a, b) => a.depth - b.depth);
}

/** A row whose author is a pseud of this archive: named by its page, and not by what an Edition says. */
export function writtenHere(row: Omit<CommentsTable, 'seal'>, pseud: string): Omit<CommentsTable, 'seal'> {
  return { ...row, person_id: pseud, author_name: null, author_ref: null };
}

/** The pseud of this archive who wrote a comment; undefined for all that came from elsewhere. */
export function pseudOf(row: Pick<CommentsTable, 'author_kind' | 'person_id'>): string | undefined {
  return row.author_kind === 'pseud' ? (row.person_id ?? undefined) : undefined;
}

/** Inserts rows of comments, or gives those that are there their new contents. */
export async function putComments(
  store: Store,
  t: Kysely<Schema>,
  rows: readonly CommentsTable[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).filter((c) => c !== 'id');
  const update = columns.map((c) => `"${c}" = excluded."${c}"`).join(', ');
  await insertRows(store, t, 'comments', rows, `ON CONFLICT (id) DO UPDATE SET ${update}`);
}

/** How many comments the public sees as such. */
export function countShown(rows: readonly CommentsTable[]): number {
  return rows.filter((r) => r.state === 'shown' || r.state === 'frozen' || r.state === 'collapsed').length;
}

/** The sigla of the branches something is about: those it names, or those its passage belongs to. */
export function branchesOf(story: Story): (about: About) => readonly string[] {
  let graph: StoryGraph | undefined;
  const known = new Map<string, readonly string[]>();
  return (about) => {
    if (about.kind === 'work') return [];
    if (about.kind === 'branch') return about.sigla;
    const found = known.get(about.key);
    if (found !== undefined) return found;
    graph ??= new StoryGraph(story);
    const sigla = graph.branchesOf(about.key).map((b) => b.siglum);
    known.set(about.key, sigla);
    return sigla;
  };
}
