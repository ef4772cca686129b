import type { Store } from './store.ts';
import { keyedHash, storable } from './text.ts';

/**
 * A row with its seal, by which `checkStore` knows that no byte of it has changed on the disk. Texts and originals
 * have their own hashes.
 */
export function sealed<Row extends object>(store: Store, row: Row): Row & { readonly seal: string } {
  return { ...row, seal: sealOf(store, row) };
}

/** Whether a row is as it was sealed. */
export function isSealed(store: Store, { seal, ...row }: { readonly seal: string }): boolean {
  return sealOf(store, row) === seal;
}

function sealOf(store: Store, row: object): string {
  const columns = Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // The row as a JSON array, but in pieces: of the long documents of a state that takes a tenth of the time.
  const pieces = columns.flatMap(([, v]: [string, unknown], i) => [
    i === 0 ? '[' : ',',
    JSON.stringify(typeof v === 'string' ? storable(v) : v),
  ]);
  return keyedHash(store.textKey, 'seal', [...pieces, ']']);
}
