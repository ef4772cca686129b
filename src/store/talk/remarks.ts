import type { Kysely } from 'kysely';
import type { Edition } from '../../model/edition.ts';
import type { Decision, Remark } from '../../model/remark.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import type { Schema } from '../schema.ts';

/** Everything importers said about a work, in order. */
export async function listRemarks(store: Store, workId: string): Promise<Remark[]> {
  return (await remarksOf(store.read, workId)).flatMap((r) => r.remarks);
}

/** The remarks of each reading, with the source it read ('' for none). */
export async function remarksOf(
  db: Kysely<Schema>,
  workId: string,
): Promise<{ readonly source: string; readonly remarks: readonly Remark[] }[]> {
  const rows = await db
    .selectFrom('remarks')
    .select(['source', 'remarks'])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  return rows.map((r) => ({ source: r.source, remarks: parseJson<Remark[]>(r.remarks) }));
}

/** Remarks parted by the source whose file they name; those that name none belong to the first. */
export function remarksBySource(edition: Edition): { readonly source: string; readonly remarks: Remark[] }[] {
  const first = edition.sources[0]?.sha256 ?? '';
  const byName = new Map(edition.sources.map((s) => [s.name, s.sha256]));
  const runs: { source: string; remarks: Remark[] }[] = [];
  for (const remark of edition.remarks) {
    const source = byName.get(remark.where?.file ?? '') ?? first;
    const run = runs.at(-1);
    if (run?.source === source) run.remarks.push(remark);
    else runs.push({ source, remarks: [remark] });
  }
  return runs;
}

/** What was decided about a source when it was read before: by its bytes, else by the page it is a copy of. */
export async function decisionsFor(
  store: Store,
  key: { readonly sha256: string; readonly origin: string | null },
): Promise<Decision[]> {
  const rows = await store.read
    .selectFrom('decisions')
    .select(['sha256', 'about', 'value', 'by', 'at'])
    .where((e) =>
      e.or([e('sha256', '=', key.sha256), ...(key.origin === null ? [] : [e('origin', '=', key.origin)])]),
    )
    .orderBy('at')
    .orderBy('about')
    .limit(10_000)
    .execute();
  const best = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    if (best.get(row.about)?.sha256 === key.sha256 && row.sha256 !== key.sha256) continue;
    best.set(row.about, row);
  }
  return [...best.values()].map(({ about, value, by, at }) => ({ about, value, by, at }));
}

/** Keeps decisions with their source; a later one about the same fact takes the place of the earlier. */
export async function keepDecisions(
  store: Store,
  key: { readonly sha256: string; readonly origin: string | null },
  decisions: readonly Decision[],
): Promise<void> {
  if (decisions.length > 0) await inTransaction(store, (t) => putDecisions(t, key, decisions));
}

/** `keepDecisions` within a transaction. */
export async function putDecisions(
  t: Kysely<Schema>,
  key: { readonly sha256: string; readonly origin: string | null },
  decisions: readonly Decision[],
): Promise<void> {
  for (const d of decisions) {
    await t
      .insertInto('decisions')
      .values({ sha256: key.sha256, origin: key.origin, about: d.about, value: d.value, by: d.by, at: d.at })
      .onConflict((c) =>
        c
          .columns(['sha256', 'about'])
          .doUpdateSet({ origin: key.origin, value: d.value, by: d.by, at: d.at }),
      )
      .execute();
  }
}

/** Lets go of decisions about facts of a source, of its bytes and of every copy of its page. */
export async function withdrawDecisions(
  store: Store,
  key: { readonly sha256: string; readonly origin: string | null },
  abouts: readonly string[],
): Promise<void> {
  if (abouts.length === 0) return;
  await inTransaction(store, async (t) => {
    await t
      .deleteFrom('decisions')
      .where('about', 'in', abouts)
      .where((e) =>
        e.or([e('sha256', '=', key.sha256), ...(key.origin === null ? [] : [e('origin', '=', key.origin)])]),
      )
      .execute();
  });
}
