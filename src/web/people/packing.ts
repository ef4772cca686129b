import { mkdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../model/id.ts';
import type { Owner } from '../../my-data/part.ts';
import { writeOwnData } from '../../my-data/write.ts';
import { ownDataFolder } from '../../store/books.ts';
import type { Store } from '../../store/index.ts';

/** Where the packing of someone's data is. */
export type Packing =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'going'; readonly files: number }
  | { readonly kind: 'done'; readonly path: string; readonly bytes: number; readonly at: Date }
  | { readonly kind: 'failed' };

/** How long a download is kept: it holds what nobody else may see. */
const keptHours = 24;

interface Desk {
  readonly packings: Map<string, Packing>;
  /** One after the other: packing reads everything someone ever wrote. */
  queue: Promise<void>;
}

const desks = new WeakMap<Store, Desk>();

/** Packs someone's data beside serving; does nothing while that is under way. What was packed before is let go of. */
export function beginPacking(store: Store, owner: Owner): void {
  const desk = deskOf(store);
  const { id } = owner.account;
  const before = desk.packings.get(id);
  if (before?.kind === 'waiting' || before?.kind === 'going') return;
  forgetPacking(store, id);
  desk.packings.set(id, { kind: 'waiting' });
  desk.queue = desk.queue.then(async () => {
    if (desk.packings.get(id)?.kind !== 'waiting') return;
    desk.packings.set(
      id,
      await pack(store, owner, (files) => desk.packings.set(id, { kind: 'going', files })),
    );
  });
}

/** Where the packing is; undefined when none was begun, or it was fetched long ago. */
export function findPacking(store: Store, accountId: string): Packing | undefined {
  const packing = deskOf(store).packings.get(accountId);
  if (packing?.kind === 'done' && Date.now() - packing.at.getTime() > keptHours * 3_600_000) {
    forgetPacking(store, accountId);
    return undefined;
  }
  return packing;
}

/** Lets go of what was packed, as when it is not wanted any more. */
export function forgetPacking(store: Store, accountId: string): void {
  const { packings } = deskOf(store);
  const packing = packings.get(accountId);
  if (packing?.kind === 'done') rmSync(packing.path, { force: true });
  packings.delete(accountId);
}

function deskOf(store: Store): Desk {
  const known = desks.get(store);
  if (known !== undefined) return known;
  // What a program that ended before had packed belongs to nobody any more.
  rmSync(ownDataFolder(store), { recursive: true, force: true });
  const desk: Desk = { packings: new Map(), queue: Promise.resolve() };
  desks.set(store, desk);
  return desk;
}

async function pack(store: Store, owner: Owner, progress: (files: number) => void): Promise<Packing> {
  const folder = ownDataFolder(store);
  const path = join(folder, `${newId()}.zip`);
  const part = `${path}.part`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const bytes = await writeOwnData(store, owner, part, progress);
    // Not there any more when something was taken away for good meanwhile: it must not be handed out.
    await rename(part, path);
    setTimeout(() => rmSync(path, { force: true }), keptHours * 3_600_000).unref();
    return { kind: 'done', path, bytes, at: new Date() };
  } catch (error) {
    rmSync(part, { force: true });
    console.error('web/people: someone’s data could not be packed:', error);
    return { kind: 'failed' };
  }
}
