import type { Kysely } from 'kysely';
import { Conflict, Invalid } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { Replacement } from '../../model/suggestion.ts';
import type { Anchor } from '../../model/text/anchor.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import { inTransaction, now, type Store } from '../engine/store.ts';
import { parseJson, storable } from '../engine/text.ts';
import { mustHaveWork } from '../rows/here.ts';
import type { Schema, SuggestionsTable } from '../schema.ts';

/** What a beta says of a passage. */
export interface NewSuggestion {
  readonly anchor: Anchor | null;
  readonly change: Replacement | null;
  readonly note: string;
}

/** At most this many of one beta are open in a work: more than anyone can answer. */
export const mostSuggestions = 1_000;
/** Characters of a note or a reply. */
const longestNote = 5_000;
/** Characters of an anchor and a replacement together, as JSON. */
const longestDocument = 1_000_000;
/** At most this many characters of one beta are kept for a work, answered or not. */
const mostCharacters = 20_000_000;

/**
 * Keeps what a beta suggests for a passage, and gives the ids. What she has suggested already, and is open, is not
 * kept twice. @throws NotFound for an unknown work, Invalid for what is too long or says nothing, Conflict for too many
 */
export async function suggest(
  store: Store,
  made: {
    readonly workId: string;
    readonly passage: string;
    /** The pseud of the beta. */
    readonly by: string;
    /** The number of the state it was made on. */
    readonly state: number;
    readonly suggestions: readonly NewSuggestion[];
  },
): Promise<readonly string[]> {
  const { workId, passage, by } = made;
  const wanted = made.suggestions.map(documentsOf);
  return inTransaction(store, async (t) => {
    await mustHaveWork(t, workId);
    const open = await t
      .selectFrom('suggestions')
      .select(['passage', 'anchor', 'replacement', 'note'])
      .where('work_id', '=', workId)
      .where('person_id', '=', by)
      .where('status', '=', 'open')
      .execute();
    const known = new Set(open.filter((row) => row.passage === passage).map(sameness));
    const fresh = wanted.filter((row) => !known.has(sameness(row)));
    if (open.length + fresh.length > mostSuggestions)
      throw new Conflict(
        `store: ${mostSuggestions} suggestions of yours wait for an answer; send more when some are answered`,
      );
    const held = await charactersOf(t, workId, by);
    if (held + fresh.reduce((sum, row) => sum + lengthOf(row), 0) > mostCharacters)
      throw new Conflict(
        'store: your suggestions for this work are as long as twenty books together; write to its author instead',
      );
    const at = now();
    const rows = fresh.map((documents, position) =>
      sealed(store, {
        ...documents,
        id: newId(),
        work_id: workId,
        passage,
        person_id: by,
        made_at: at,
        position,
        state: made.state,
        status: 'open',
        answered_at: null,
        answered_by: null,
        accepted_in: null,
      }),
    );
    await insertRows(store, t, 'suggestions', rows);
    return rows.map((row) => row.id);
  });
}

type Documents = Pick<SuggestionsTable, 'anchor' | 'replacement' | 'note'>;

function documentsOf({ anchor, change, note }: NewSuggestion): Documents {
  const words = noteOf(note);
  if (change === null && words === '') throw new Invalid('store: a remark needs words', { path: 'note' });
  if (change !== null && anchor === null) throw new Invalid('store: a change needs words to be about');
  const document = (value: object | null): string | null =>
    value === null ? null : storable(JSON.stringify(value));
  const row = { anchor: document(anchor), replacement: document(change), note: words };
  if ((row.anchor?.length ?? 0) + (row.replacement?.length ?? 0) > longestDocument)
    throw new Invalid('store: one change has a million characters at most; send it in parts', {
      path: 'text',
    });
  return row;
}

function lengthOf({ anchor, replacement, note }: Documents): number {
  return (anchor?.length ?? 0) + (replacement?.length ?? 0) + note.length;
}

async function charactersOf(t: Kysely<Schema>, workId: string, by: string): Promise<number> {
  const all = await t
    .selectFrom('suggestions')
    .select((e) => [e.fn.sum(e.fn('length', ['anchor'])).as('anchors')])
    .select((e) => [e.fn.sum(e.fn('length', ['replacement'])).as('replacements')])
    .select((e) => [e.fn.sum(e.fn('length', ['note'])).as('notes')])
    .where('person_id', '=', by)
    .where('work_id', '=', workId)
    .executeTakeFirst();
  return Number(all?.anchors ?? 0) + Number(all?.replacements ?? 0) + Number(all?.notes ?? 0);
}

/** The words of a note or a reply as they are kept. @throws Invalid for too many */
export function noteOf(note: string): string {
  const words = storable(note).replace(/\r\n?/g, '\n').trim();
  if (words.length > longestNote)
    throw new Invalid(`store: a note has ${longestNote} characters at most`, { path: 'note' });
  return words;
}

/** What makes two open suggestions of one beta the same: where it stood in the text does not. */
function sameness({ anchor, replacement, note }: Documents): string {
  if (anchor === null) return JSON.stringify([null, note]);
  const { quote, prefix, suffix } = parseJson<Anchor>(anchor);
  return JSON.stringify([quote, prefix, suffix, replacement, note]);
}
