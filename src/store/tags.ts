import type { Kysely } from 'kysely';
import { newId } from '../model/id.ts';
import { type Page, type TagKind, type TagView, tagKinds } from '../model/views.ts';
import type { Header } from '../model/work.ts';
import { insertRows } from './engine/bulk.ts';
import { afterOf, pageOf, readAfter } from './engine/paging.ts';
import { sealed } from './engine/seal.ts';
import { limited, type Store } from './engine/store.ts';
import { sortKey, storable } from './engine/text.ts';
import { isPublic } from './rows/public.ts';
import type { Schema } from './schema.ts';

/** Makes the tags of a work those of its header; writes nothing where they are. */
export async function putTags(
  store: Store,
  t: Kysely<Schema>,
  workId: string,
  header: Header,
): Promise<void> {
  const wanted = tagsOf(header);
  const kept = await t
    .selectFrom('work_tags')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .select(['tags.kind', 'tags.name'])
    .where('work_tags.work_id', '=', workId)
    .orderBy('work_tags.position')
    .execute();
  if (JSON.stringify(kept) === JSON.stringify(wanted)) return;
  await t.deleteFrom('work_tags').where('work_id', '=', workId).execute();
  if (wanted.length === 0) return;
  const rows = wanted.map((w) =>
    sealed(store, { id: newId(), kind: w.kind, name: w.name, sort_name: sortKey(w.name) }),
  );
  await insertRows(store, t, 'tags', rows, 'ON CONFLICT DO NOTHING');
  const known = await t
    .selectFrom('tags')
    .select(['id', 'kind', 'name'])
    .where(
      'name',
      'in',
      wanted.map((w) => w.name),
    )
    .execute();
  const ids = new Map(known.map((k) => [`${k.kind} ${k.name}`, k.id]));
  const links = wanted.flatMap((w, i) => {
    const id = ids.get(`${w.kind} ${w.name}`);
    return id === undefined ? [] : [{ work_id: workId, tag_id: id, position: i }];
  });
  await insertRows(store, t, 'work_tags', links);
}

/** The tags of a header, each once. */
export function tagsOf(header: Header): readonly { readonly kind: TagKind; readonly name: string }[] {
  const lists: Readonly<Record<TagKind, readonly string[]>> = {
    fandom: header.fandoms,
    relationship: header.relationships,
    character: header.characters,
    freeform: header.freeforms,
  };
  const seen = new Set<string>();
  return tagKinds.flatMap((kind) =>
    lists[kind].flatMap((given) => {
      const name = storable(given);
      if (seen.has(`${kind} ${name}`)) return [];
      seen.add(`${kind} ${name}`);
      return [{ kind, name }];
    }),
  );
}

/** The tags of a kind that public works have, by name. */
export async function listTags(
  store: Store,
  kind: TagKind,
  q: { readonly after?: string | null; readonly limit?: number } = {},
): Promise<Page<TagView>> {
  const limit = limited(q.limit, 50, 500);
  const after = readAfter(q.after, 2);
  const rows = await tagsWithCounts(store, kind)
    .$if(after !== undefined, (b) =>
      b.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('tags.sort_name', 'tags.id'), '>', tuple(after?.[0] ?? '', after?.[1] ?? '')),
      ),
    )
    .orderBy('tags.sort_name')
    .orderBy('tags.id')
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (r) => afterOf(r.sort_name, r.id));
  return { items: page.items.map((r) => ({ kind, name: r.name, works: r.works })), next: page.next };
}

/** A tag that public works have, or undefined. */
export async function findTag(store: Store, kind: TagKind, name: string): Promise<TagView | undefined> {
  const row = await tagsWithCounts(store, kind).where('tags.name', '=', storable(name)).executeTakeFirst();
  return row === undefined ? undefined : { kind, name: row.name, works: row.works };
}

function tagsWithCounts(store: Store, kind: TagKind) {
  return store.read
    .selectFrom('tags')
    .innerJoin('work_tags', 'work_tags.tag_id', 'tags.id')
    .innerJoin('works', 'works.id', 'work_tags.work_id')
    .select(['tags.id', 'tags.name', 'tags.sort_name'])
    .select((e) => e.cast<number>(e.fn.countAll(), 'integer').as('works'))
    .where('tags.kind', '=', kind)
    .where('works.kind', '=', 'story')
    .where(isPublic)
    .groupBy(['tags.id', 'tags.name', 'tags.sort_name']);
}
