import type { Kysely } from 'kysely';
import type { CleanHtml } from '../../html.ts';
import {
  type About,
  type Comment,
  type CommentAuthor,
  type CommentState,
  commentStates,
  isReadable,
} from '../../model/comment.ts';
import { sortKeyOfDate, type WrittenDate } from '../../model/date.ts';
import type { CommentView } from '../../model/views.ts';
import { parseJson } from '../engine/text.ts';
import type { CommentsTable, Schema } from '../schema.ts';
import { personKey } from './names.ts';
import type { Placement } from './threads.ts';

/** What becomes of a comment's words: an Edition's comment as a row. */
export function commentRow(
  comment: Comment<CleanHtml>,
  at: Placement & { readonly id: string; readonly parentId: string | null; readonly position: number },
  workId: string,
  people: ReadonlyMap<string, string>,
  siglaOf: (about: About) => readonly string[],
): Omit<CommentsTable, 'seal'> {
  const { author } = comment;
  const sigla = siglaOf(comment.about);
  return {
    id: at.id,
    work_id: workId,
    parent_id: at.parentId,
    thread: at.thread,
    path: at.path,
    depth: at.depth,
    position: at.position,
    origin: comment.id,
    source: comment.source,
    state: comment.state,
    author_kind: author?.kind ?? null,
    person_id: author?.kind === 'imported' ? (people.get(personKey(author)) ?? null) : null,
    author_name: author?.kind === 'guest' || author?.kind === 'pseud' ? author.name : null,
    // A pseud of another archive: kept, but no id from outside may speak for someone here.
    author_ref: author?.kind === 'pseud' ? author.id : null,
    subject: comment.subject,
    html: comment.html,
    posted: jsonOf(comment.posted),
    edited: jsonOf(comment.edited),
    posted_key: sortKeyOfDate(comment.posted),
    about: JSON.stringify(comment.about),
    sigla: sigla.length === 0 ? '' : ` ${sigla.join(' ')} `,
    icon: comment.icon,
    imported_from: comment.importedFrom,
  };
}

/** Rows of comments with what their views need beside. */
export function selectComments(db: Kysely<Schema>) {
  return db
    .selectFrom('comments')
    .leftJoin('people', 'people.id', 'comments.person_id')
    .selectAll('comments')
    .select(['people.name as person_name', 'people.site as person_site'])
    .select(({ selectFrom }) =>
      selectFrom('credits')
        .select('credits.position')
        .whereRef('credits.work_id', '=', 'comments.work_id')
        .whereRef('credits.person_id', '=', 'comments.person_id')
        .where('credits.role', '=', 'author')
        .limit(1)
        .as('credit'),
    );
}

/** A comment with the name of its author, and whether that is one of the work’s authors. */
export type CommentRow = CommentsTable & {
  readonly person_name: string | null;
  readonly person_site: string | null;
  readonly credit: number | null;
};

/**
 * Rows as views. For the public, comments that are not theirs to read keep their place as empty stubs: collapsed
 * ones with name and date, deleted ones with the date, screened and hidden ones with nothing.
 */
export function commentViews(rows: readonly CommentRow[], reader: 'public' | 'host'): CommentView[] {
  return rows.map((row) => {
    const state = stateOf(row.state);
    const open = reader === 'host' || isReadable(state);
    const named = open || state === 'collapsed';
    return {
      id: row.id,
      workId: row.work_id,
      parent: row.parent_id,
      depth: row.depth,
      origin: row.origin,
      author: named ? authorOf(row) : null,
      personId: named ? row.person_id : null,
      byAuthor: named && row.credit !== null,
      posted: named || state === 'deleted' ? dateOf(row.posted) : null,
      edited: open ? dateOf(row.edited) : null,
      subject: named ? row.subject : null,
      html: (open ? row.html : '') as CleanHtml,
      state,
      about: aboutOf(row.about),
      icon: named ? row.icon : null,
      importedFrom: named ? row.imported_from : null,
      source: row.source,
    };
  });
}

/** A row as an Edition has it: under the id it came with. */
export function commentOfRow(row: CommentRow, idOf: (id: string) => string): Comment<CleanHtml> {
  return {
    id: idOf(row.id),
    parent: row.parent_id === null ? null : idOf(row.parent_id),
    author: authorOf(row),
    posted: dateOf(row.posted),
    edited: dateOf(row.edited),
    subject: row.subject,
    html: row.html as CleanHtml,
    state: stateOf(row.state),
    about: aboutOf(row.about),
    icon: row.icon,
    importedFrom: row.imported_from,
    source: row.source,
  };
}

function authorOf(row: CommentRow): CommentAuthor | null {
  if (row.author_kind === 'anonymous') return { kind: 'anonymous' };
  if (row.author_kind === 'guest') return { kind: 'guest', name: row.author_name ?? '' };
  if (row.author_kind === 'pseud')
    return {
      kind: 'pseud',
      id: row.author_ref ?? row.person_id ?? '',
      name: row.author_name ?? row.person_name ?? '',
    };
  if (row.author_kind !== 'imported' || row.person_name === null) return null;
  return { kind: 'imported', name: row.person_name, site: row.person_site === '' ? null : row.person_site };
}

function stateOf(text: string): CommentState {
  return commentStates.find((s) => s === text) ?? 'hidden';
}

function aboutOf(text: string): About {
  return text === aboutWork ? { kind: 'work' } : parseJson<About>(text);
}

const aboutWork = JSON.stringify({ kind: 'work' });

function jsonOf(date: WrittenDate | null): string | null {
  return date === null ? null : JSON.stringify(date);
}

function dateOf(text: string | null): WrittenDate | null {
  return text === null ? null : parseJson<WrittenDate>(text);
}
