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
  const values = columns.map(([, v]: [string, unknown]) => (typeof v === 'string' ? storable(v) : v));
  return keyedHash(store.textKey, 'seal', JSON.stringify(values));
}
