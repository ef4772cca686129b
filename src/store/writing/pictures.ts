import type { Kysely } from 'kysely';
import { Invalid } from '../../errors.ts';
import { newId } from '../../model/id.ts';
import type { CleanPicture } from '../../pictures.ts';
import { insertRows } from '../engine/bulk.ts';
import { inTransaction, type Store } from '../engine/store.ts';
import { dropUnused, keepBlobs, packBytes } from '../originals.ts';
import { mustHaveWork } from '../rows/here.ts';
import type { Schema } from '../schema.ts';

/** A picture of a work, as its texts name it: `resource:<sha256>`. */
export interface WorkPicture {
  readonly sha256: string;
  readonly mediaType: string;
  /** In pixels; null for pictures that came with an import. */
  readonly width: number | null;
  readonly height: number | null;
}

/** How many pictures a work may have, how large they are all together, and those of all works of one account, in bytes. */
const mostPictures = 200;
const mostBytes = 100 * 1024 * 1024;
const mostOfAll = 1024 * 1024 * 1024;

/**
 * Keeps a picture with a work, so that its texts can show it. The same picture twice is one.
 * @throws Invalid when the work has too many, or they or those of all works of the account (`accountId`) are too large
 * together, NotFound
 */
export async function addPicture(
  store: Store,
  workId: string,
  picture: CleanPicture,
  { accountId, most = mostOfAll }: { readonly accountId?: string; readonly most?: number } = {},
): Promise<WorkPicture> {
  const blob = await packBytes(picture.bytes);
  const { mediaType, width, height } = picture;
  await inTransaction(store, async (t) => {
    await mustHaveWork(t, workId);
    const rows = await t
      .selectFrom('resources')
      .innerJoin('blobs', 'blobs.sha256', 'resources.sha256')
      .select(['resources.sha256', 'resources.position', 'blobs.size'])
      .where('resources.work_id', '=', workId)
      .execute();
    if (rows.some(({ sha256 }) => sha256 === blob.sha256)) return;
    const size = rows.reduce((sum, row) => sum + row.size, blob.size);
    if (rows.length >= mostPictures || size > mostBytes)
      throw new Invalid('store: a work has at most 200 pictures, of 100 MB together; take one out first', {
        path: 'picture',
      });
    if (accountId !== undefined && (await bytesOf(t, accountId)) + blob.size > most)
      throw new Invalid(
        'store: the pictures in all your works are large enough together; take some out first',
        {
          path: 'picture',
        },
      );
    await keepBlobs(store, t, [blob]);
    const position = Math.max(-1, ...rows.map((row) => row.position)) + 1;
    const path = `${blob.sha256}.${picture.extension}`;
    const row = {
      work_id: workId,
      path,
      position,
      sha256: blob.sha256,
      media_type: mediaType,
      width,
      height,
    };
    await insertRows(store, t, 'resources', [row]);
    await t.updateTable('works').set({ version: newId() }).where('id', '=', workId).execute();
  });
  return { sha256: blob.sha256, mediaType, width, height };
}

/** How large the pictures of all works of an account are together. */
async function bytesOf(t: Kysely<Schema>, accountId: string): Promise<number> {
  const row = await t
    .selectFrom('resources')
    .innerJoin('blobs', 'blobs.sha256', 'resources.sha256')
    .select((e) => e.fn.sum('blobs.size').as('bytes'))
    .where('resources.work_id', 'in', (b) =>
      b
        .selectFrom('creatorships')
        .innerJoin('pseuds', 'pseuds.person_id', 'creatorships.person_id')
        .select('creatorships.work_id')
        .where('creatorships.role', '=', 'author')
        .where('creatorships.answer', '=', 'accepted')
        .where('pseuds.account_id', '=', accountId),
    )
    .executeTakeFirst();
  return Number(row?.bytes ?? 0);
}

/** The pictures of a work, in the order they came. */
export async function listPictures(store: Store, workId: string): Promise<readonly WorkPicture[]> {
  const rows = await store.read
    .selectFrom('resources')
    .select(['sha256', 'media_type', 'width', 'height'])
    .where('work_id', '=', workId)
    .where('media_type', 'like', 'image/%')
    .orderBy('position')
    .limit(1000)
    .execute();
  return rows.map(({ sha256, media_type: mediaType, width, height }) => ({
    sha256,
    mediaType,
    width,
    height,
  }));
}

/** Takes a picture away for good, its bytes too; texts that show it keep its words. */
export async function removePicture(store: Store, workId: string, sha256: string): Promise<void> {
  await inTransaction(store, async (t) => {
    const gone = await t
      .deleteFrom('resources')
      .where('work_id', '=', workId)
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (Number(gone.numDeletedRows) === 0) return;
    await dropUnused(t, sha256);
    await t.updateTable('works').set({ version: newId() }).where('id', '=', workId).execute();
  });
}
