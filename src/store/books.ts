import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { newId } from '../model/id.ts';
import type { Store } from './engine/store.ts';

const mostBytes = 256 * 1024 * 1024;

/** A book made before, or undefined. The folder (`cache/books`) may be deleted at any time. */
export function findBook(store: Store, key: string): Uint8Array | undefined {
  const file = join(bookFolder(store), nameOf(key));
  try {
    const bytes = readFileSync(file);
    const at = new Date();
    utimesSync(file, at, at);
    return new Uint8Array(bytes);
  } catch {
    return undefined;
  }
}

/** Keeps a book, and lets go of those not asked for longest when all together pass 256 MiB. A full disk is no error. */
export function keepBook(store: Store, key: string, bytes: Uint8Array): void {
  const folder = bookFolder(store);
  const made = join(folder, `${newId()}.part`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(made, bytes);
    renameSync(made, join(folder, nameOf(key)));
    forgetOldest(folder);
  } catch {
    rmSync(made, { force: true });
  }
}

/**
 * Lets go of all books, and of what people packed of their own data, as when a work is taken away: nothing made of it
 * before may be handed out any more.
 */
export function clearBooks(store: Store): void {
  for (const folder of [bookFolder(store), ownDataFolder(store)])
    rmSync(folder, { recursive: true, force: true });
}

/** Where people’s own data lies between its packing and its download. May be deleted at any time. */
export function ownDataFolder(store: Store): string {
  return join(store.folder, 'cache', 'own-data');
}

function forgetOldest(folder: string): void {
  const books = readdirSync(folder).flatMap((name) => {
    const found = statSync(join(folder, name), { throwIfNoEntry: false });
    return found === undefined ? [] : [{ name, size: found.size, at: found.mtimeMs }];
  });
  let total = books.reduce((sum, b) => sum + b.size, 0);
  for (const book of books.toSorted((a, b) => a.at - b.at)) {
    if (total <= mostBytes) return;
    rmSync(join(folder, book.name), { force: true });
    total -= book.size;
  }
}

function bookFolder(store: Store): string {
  return join(store.folder, 'cache', 'books');
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
