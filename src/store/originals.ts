import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Kysely } from 'kysely';
import { Invalid, NotFound } from '../errors.ts';
import type { SourceFile } from '../import/importer.ts';
import type { Edition } from '../model/edition.ts';
import { newId } from '../model/id.ts';
import type { SourceRecord } from '../model/source.ts';
import type { ImageView, KeptSource } from '../model/views.ts';
import { insertRows } from './engine/bulk.ts';
import { scrub } from './engine/scrub.ts';
import { inTransaction, now, type Store } from './engine/store.ts';
import { parseJson, sha256Of } from './engine/text.ts';
import { noteRemoval, type Removal } from './keeping/journal.ts';
import type { BlobsTable, Schema } from './schema.ts';
import { remarksOf } from './talk/remarks.ts';

const unzip = promisify(gunzip);
const zip = promisify(gzip);

/**
 * The bytes an Edition comes with, ready to be kept: originals of its sources and its resources, those not yet here.
 * @throws Invalid when a resource is not what its hash says
 */
export async function packBlobs(
  store: Store,
  edition: Edition,
  originals: readonly SourceFile[],
): Promise<BlobsTable[]> {
  const sources = new Set(edition.sources.map((s) => s.sha256));
  const wanted = new Map<string, Uint8Array>();
  for (const file of originals) {
    const sha256 = sha256Of(file.bytes);
    if (sources.has(sha256)) wanted.set(sha256, file.bytes);
  }
  const paths = new Set<string>();
  for (const [i, r] of edition.resources.entries()) {
    const path = `resources[${i}]`;
    const bytes = Buffer.from(r.base64, 'base64');
    if (sha256Of(bytes) !== r.sha256)
      throw new Invalid(`store: ${path}.sha256 is not the hash of its bytes`, { path: `${path}.sha256` });
    if (paths.has(r.path))
      throw new Invalid(`store: ${path}.path: ${JSON.stringify(r.path)} stands twice`, {
        path: `${path}.path`,
      });
    paths.add(r.path);
    wanted.set(r.sha256, bytes);
  }
  if (wanted.size === 0) return [];
  const known = await store.read
    .selectFrom('blobs')
    .select('sha256')
    .where('sha256', 'in', [...wanted.keys()])
    .execute();
  for (const { sha256 } of known) wanted.delete(sha256);
  return Promise.all([...wanted].map(([sha256, bytes]) => pack(sha256, bytes)));
}

/** Bytes ready to be kept, under their hash. */
export function packBytes(bytes: Uint8Array): Promise<BlobsTable> {
  return pack(sha256Of(bytes), bytes);
}

async function pack(sha256: string, bytes: Uint8Array): Promise<BlobsTable> {
  const zipped = await zip(bytes, { level: 4 });
  const smaller = zipped.length < bytes.length * 0.9;
  return {
    sha256,
    size: bytes.length,
    encoding: smaller ? 'gzip' : 'none',
    bytes: smaller ? zipped : bytes,
    erased_at: null,
  };
}

/** Keeps packed bytes. */
export async function keepBlobs(
  store: Store,
  t: Kysely<Schema>,
  blobs: readonly BlobsTable[],
): Promise<void> {
  for (const blob of blobs) await insertRows(store, t, 'blobs', [blob], 'ON CONFLICT DO NOTHING');
}

/** The bytes of a blob, null when they were erased. */
export async function unpack(blob: Pick<BlobsTable, 'bytes' | 'encoding'>): Promise<Uint8Array | null> {
  if (blob.bytes === null) return null;
  return blob.encoding === 'gzip' ? unzip(blob.bytes) : new Uint8Array(blob.bytes);
}

/** Lets bytes and decisions go with the last thing that needs them: a day page is the source of several works. */
export async function dropUnused(t: Kysely<Schema>, sha256: string): Promise<void> {
  for (const table of ['sources', 'resources'] as const) {
    const user = await t.selectFrom(table).select('work_id').where('sha256', '=', sha256).executeTakeFirst();
    if (user !== undefined) return;
  }
  const bearer = await t
    .selectFrom('profiles')
    .select('person_id')
    .where('icon', '=', sha256)
    .executeTakeFirst();
  if (bearer !== undefined) return;
  await t.deleteFrom('decisions').where('sha256', '=', sha256).execute();
  await t.deleteFrom('blobs').where('sha256', '=', sha256).execute();
}

/** The sources of a work with their bytes and what was made of them; for those who run the archive. */
export async function listSources(store: Store, workId: string): Promise<KeptSource[]> {
  const rows = await store.read
    .selectFrom('sources')
    .leftJoin('blobs', 'blobs.sha256', 'sources.sha256')
    .select(['sources.record', 'blobs.bytes', 'blobs.encoding', 'sources.sha256'])
    .where('sources.work_id', '=', workId)
    .orderBy('sources.position')
    .limit(100)
    .execute();
  const remarks = await remarksOf(store.read, workId);
  return Promise.all(
    rows.map(async (row) => ({
      record: parseJson<SourceRecord>(row.record),
      bytes: await unpack({ bytes: row.bytes, encoding: row.encoding ?? 'none' }),
      remarks: remarks.filter((r) => r.source === row.sha256).flatMap((r) => r.remarks),
    })),
  );
}

/** The files that lay beside a page when it was read, as far as its works hold them: by the path the page has for each. */
export async function filesBeside(store: Store, sha256: string): Promise<Map<string, SourceFile>> {
  const rows = await store.read
    .selectFrom('resources')
    .innerJoin('sources', 'sources.work_id', 'resources.work_id')
    .innerJoin('blobs', 'blobs.sha256', 'resources.sha256')
    .select(['resources.path', 'blobs.bytes', 'blobs.encoding'])
    .where('sources.sha256', '=', sha256)
    .limit(1_000)
    .execute();
  const files = new Map<string, SourceFile>();
  for (const row of rows) {
    const bytes = await unpack(row);
    if (bytes !== null) files.set(row.path, { path: row.path, bytes });
  }
  return files;
}

/** An image that came with a work. @throws NotFound also for what is no image */
export async function getImage(store: Store, workId: string, sha256: string): Promise<ImageView> {
  const row = await store.read
    .selectFrom('resources')
    .innerJoin('blobs', 'blobs.sha256', 'resources.sha256')
    .select(['resources.media_type', 'blobs.bytes', 'blobs.encoding'])
    .where('resources.work_id', '=', workId)
    .where('resources.sha256', '=', sha256)
    .where('resources.media_type', 'like', 'image/%')
    .executeTakeFirst();
  const bytes = row === undefined ? null : await unpack(row);
  if (row === undefined || bytes === null)
    throw new NotFound(`store: work ${workId} has no image ${JSON.stringify(sha256)}`);
  return { mediaType: row.media_type, bytes };
}

/** Erases the bytes of a source; record and hash stay. @throws NotFound */
export async function eraseOriginal(
  store: Store,
  sha256: string,
  { by, why }: { readonly by: string; readonly why: string },
): Promise<void> {
  await applyOriginalRemoval(store, {
    id: newId(),
    kind: 'original',
    workId: null,
    key: sha256,
    at: now(),
    by,
    why,
    legal: false,
    forbids: [],
  });
}

/** The same for a removal that is replayed. @throws NotFound */
export async function applyOriginalRemoval(store: Store, removal: Removal): Promise<void> {
  const sha256 = removal.key ?? '';
  await inTransaction(store, async (t) => {
    const known = await t
      .selectFrom('sources')
      .select('work_id')
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (known === undefined) throw new NotFound(`store: no source has the hash ${JSON.stringify(sha256)}`);
    await noteRemoval(store, t, removal);
    await insertRows(
      store,
      t,
      'blobs',
      [{ sha256, size: 0, encoding: 'none', bytes: null, erased_at: removal.at }],
      'ON CONFLICT (sha256) DO UPDATE SET bytes = NULL, erased_at = excluded.erased_at',
    );
  });
  await scrub(store);
}
