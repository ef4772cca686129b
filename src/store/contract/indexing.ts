import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { expect, it } from 'vitest';
import { Conflict, Invalid, NotFound } from '../../errors.ts';
import { writePassage } from '../../model/edit.ts';
import { newId } from '../../model/id.ts';
import { type Act, anyAct, carryOut } from '../../testing/edits.ts';
import { inTransaction } from '../engine/store.ts';
import { indexWork, unindexWork } from '../finding/search-index.ts';
import type { Store } from '../index.ts';
import { samplePassage } from '../sample-works.testing.ts';
import type { Schema } from '../schema.ts';
import { search } from '../search.ts';
import { eraseText, getWork, hideWork, publishPassages, publishWork } from '../works.ts';
import { arrangeWork, createWork, readWritten, restoreState, reviseWork, unpublishWork } from '../writing.ts';
import { rated } from './steps.ts';
import { addPerson } from './writing.ts';

type Step =
  | { readonly kind: 'edit'; readonly act: Act }
  | { readonly kind: 'publish' | 'hide' | 'unpublish' | 'members' | 'everyone' }
  | { readonly kind: 'restore' | 'erase' | 'part'; readonly which: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('edit' as const), act: anyAct }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('publish' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('hide', 'unpublish', 'members', 'everyone') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('restore', 'erase', 'part'), which: fc.nat(20) }),
  },
);

/** The full-text index, which is kept up and not made anew, on any engine. */
export function indexIsKept(opened: () => Store): void {
  const story = {
    passages: [
      samplePassage('p1', 'The lamp at the harbour had gone out.'),
      samplePassage('p2', 'She lit it with care.', true),
    ],
    choices: [],
    variantSets: [],
  };

  async function begin(title: string): Promise<{ readonly id: string; readonly by: string }> {
    const by = await addPerson(opened(), `${title} ${newId()}`);
    return { by, id: await createWork(opened(), { title, creators: [by], story, by }) };
  }

  async function take(step: Step, id: string, by: string): Promise<unknown> {
    const store = opened();
    const { newest: base } = await getWork(store, id);
    const { header, story: now } = await readWritten(store, id, base);
    const nth = (which: number): string => now.passages[which % Math.max(1, now.passages.length)]?.key ?? '';
    if (step.kind === 'edit') {
      const edited = carryOut(now, step.act);
      const named = { ...header, title: `${header.title} ${step.act.name}`, freeforms: [step.act.name] };
      return reviseWork(store, id, { header: named, story: edited, base, why: '', by });
    }
    if (step.kind === 'publish') return publishWork(store, id, { ...rated, by });
    if (step.kind === 'hide') return hideWork(store, id, by, 'a report');
    if (step.kind === 'unpublish') return unpublishWork(store, id, { by, why: 'not yet' });
    if (step.kind === 'restore') return restoreState(store, id, 1 + (step.which % base), by);
    if (step.kind === 'erase') return eraseText(store, id, nth(step.which), { by: 'host', why: 'asked' });
    if (step.kind === 'part') return publishPassages(store, id, { keys: [nth(step.which)], base, by });
    return arrangeWork(store, id, { audience: step.kind });
  }

  it('finds after any edits, publications, hidings and erasures what an index made from nothing would', async () => {
    let held = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 14 }), async (steps) => {
        const { id, by } = await begin('Any');
        for (const step of [...steps, { kind: 'everyone' }, { kind: 'publish' }] as const) {
          await take(step, id, by).catch((error: unknown) => {
            const refused =
              error instanceof Conflict || error instanceof Invalid || error instanceof NotFound;
            if (!refused) throw error;
          });
          const kept = await foundBy(opened(), opened().read, id);
          expect(kept).toEqual(await madeFromNothing(opened(), id));
          held = Math.max(held, kept.length);
        }
      }),
      { numRuns: 15 },
    );
    // A head and passages: the index was not merely empty both times.
    expect(held).toBeGreaterThan(2);
  }, 120_000);

  it('indexes what was changed and nothing else', async () => {
    const store = opened();
    const { id, by } = await begin('Pharos');
    await publishWork(store, id, { ...rated, by });
    // Another work after it: what is put in anew has another number than it had.
    await publishWork(store, (await begin('Later')).id, rated);
    const before = await idsOf(store, id);
    const { header, story: now } = await readWritten(store, id, 2);
    const lit = writePassage(now, 'p2', { html: samplePassage('p2', 'She lit it pharosly.').html, words: 4 });
    await reviseWork(store, id, { header, story: lit, base: 2, why: '', by });
    await publishWork(store, id, { rating: null, warnings: [], by });
    const after = await idsOf(store, id);
    expect([...after.keys()]).toEqual([null, 'p1', 'p2']);
    for (const passage of [null, 'p1']) expect(after.get(passage)).toBe(before.get(passage));
    expect(after.get('p2')).not.toBe(before.get('p2'));
    expect((await search(store, 'pharosly')).items).toHaveLength(1);
    await arrangeWork(store, id, { thread: 'closed' });
    expect(await idsOf(store, id)).toEqual(after);
  });
}

/** What can be found of a work: each row of the index with its words, but for their numbers. */
async function foundBy(store: Store, db: Kysely<Schema>, workId: string): Promise<readonly unknown[]> {
  const found =
    store.engine === 'sqlite'
      ? sql`SELECT d.passage, f.title, f.people, f.tags, f.body FROM search_docs d
          JOIN search_text f ON f.rowid = d.id WHERE d.work_id = ${workId} ORDER BY d.passage`
      : sql`SELECT passage, body, words::text AS words FROM search_docs
          WHERE work_id = ${workId} ORDER BY passage NULLS FIRST`;
  return (await found.execute(db)).rows;
}

/** The same of an index made anew, which is then thrown away. */
async function madeFromNothing(store: Store, workId: string): Promise<readonly unknown[]> {
  const undo = new Error('undone');
  let found: readonly unknown[] = [];
  const making = inTransaction(store, async (t) => {
    await unindexWork(store, t, workId);
    await indexWork(store, t, workId);
    found = await foundBy(store, t, workId);
    throw undo;
  });
  await expect(making).rejects.toBe(undo);
  return found;
}

async function idsOf(store: Store, workId: string): Promise<ReadonlyMap<string | null, string>> {
  const rows = await store.read
    .selectFrom('search_docs')
    .select(['id', 'passage'])
    .where('work_id', '=', workId)
    .execute();
  const byName = rows.toSorted((a, b) => ((a.passage ?? '') < (b.passage ?? '') ? -1 : 1));
  return new Map(byName.map((row) => [row.passage, row.id]));
}
