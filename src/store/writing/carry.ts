import type { Kysely } from 'kysely';
import type { About } from '../../model/comment.ts';
import type { Story, VariantSet } from '../../model/state.ts';
import { insertRows } from '../engine/bulk.ts';
import { sealed } from '../engine/seal.ts';
import type { Store } from '../engine/store.ts';
import { parseJson } from '../engine/text.ts';
import { branchesOf } from '../rows/thread-rows.ts';
import type { Schema } from '../schema.ts';

/**
 * Lets what readers said and preferred follow the branches it was about, which are known by the passages they begin
 * with: letters and places may have changed. What was about a branch that is gone is put aside and comes back with it.
 */
export async function carryOver(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  before: readonly VariantSet[],
  story: Story,
): Promise<void> {
  const sets = story.variantSets;
  if (JSON.stringify(headsOf(before)) !== JSON.stringify(headsOf(sets)))
    await carryVerdicts(store, t, workId, before, sets);
  await carryComments(store, t, workId, before, story);
}

function headsOf(sets: readonly VariantSet[]): readonly unknown[] {
  return sets.map((set) => [set.place, set.branches.map((b) => b.head)]);
}

/** Verdicts are put aside under `!` and their place, with heads in place of sigla: no place has such a name. */
async function carryVerdicts(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  before: readonly VariantSet[],
  after: readonly VariantSet[],
): Promise<void> {
  const rows = await t.selectFrom('verdicts').selectAll().where('work_id', '=', workId).execute();
  if (rows.length === 0) return;
  const moved = new Map<string, (typeof rows)[number]>();
  for (const { seal: _, ...row } of rows.toSorted((a, b) => a.seq - b.seq)) {
    const aside = row.place.startsWith('!');
    const place = aside ? row.place.slice(1) : row.place;
    const said = parseJson<string[]>(row.sigla);
    const old = before.find((s) => s.place === place);
    const heads = aside ? said : said.map((s) => old?.branches.find((b) => b.siglum === s)?.head ?? s);
    const next = placeOf(heads, place, old, after);
    const sigla = heads.map((h) => next?.branches.find((b) => b.head === h)?.siglum);
    const whole = next !== undefined && sigla.every((s) => s !== undefined);
    const put = whole
      ? { ...row, place: next.place, sigla: JSON.stringify(sigla.toSorted()) }
      : { ...row, place: `!${place}`, sigla: JSON.stringify(heads) };
    moved.set(`${put.place} ${put.reader}`, sealed(store, put));
  }
  await t.deleteFrom('verdicts').where('work_id', '=', workId).execute();
  await insertRows(store, t, 'verdicts', [...moved.values()]);
}

/** The set in which the preferred branches stand now; for a verdict that prefers none, the one most like the old. */
function placeOf(
  heads: readonly string[],
  place: string,
  old: VariantSet | undefined,
  after: readonly VariantSet[],
): VariantSet | undefined {
  const wanted = heads.length > 0 ? heads : (old?.branches.map((b) => b.head) ?? []);
  if (wanted.length === 0) return after.find((s) => s.place === place);
  const holds = (set: VariantSet): boolean => set.branches.some((b) => wanted.includes(b.head));
  return after.find((s) => s.place === place && holds(s)) ?? after.find(holds);
}

/** A comment about branches that are all gone is about the passage the first of them began with. */
async function carryComments(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  before: readonly VariantSet[],
  { variantSets, ...story }: Story,
): Promise<void> {
  const rows = await t
    .selectFrom('comments')
    .selectAll()
    .where('work_id', '=', workId)
    .where('about', '!=', JSON.stringify({ kind: 'work' }))
    .execute();
  const siglaOf = branchesOf({ ...story, variantSets });
  for (const { seal: _, ...row } of rows) {
    const about = carriedAbout(parseJson<About>(row.about), before, variantSets);
    const sigla = siglaOf(about);
    const next = {
      ...row,
      about: JSON.stringify(about),
      sigla: sigla.length === 0 ? '' : ` ${sigla.join(' ')} `,
    };
    if (next.about === row.about && next.sigla === row.sigla) continue;
    await t.updateTable('comments').set(sealed(store, next)).where('id', '=', row.id).execute();
  }
}

function carriedAbout(about: About, before: readonly VariantSet[], after: readonly VariantSet[]): About {
  if (about.kind !== 'branch') return about;
  const old = before.find((s) => s.place === about.place);
  const heads = about.sigla.flatMap((s) => old?.branches.find((b) => b.siglum === s)?.head ?? []);
  const next = placeOf(heads, about.place, old, after);
  const sigla = heads.flatMap((h) => next?.branches.find((b) => b.head === h)?.siglum ?? []).toSorted();
  if (next !== undefined && sigla.length > 0) return { kind: 'branch', place: next.place, sigla };
  const [head] = heads;
  return head === undefined ? about : { kind: 'passage', key: head };
}
