import { Invalid } from '../../errors.ts';
import type { Store } from '../engine/store.ts';
import { keyedHash, storable } from '../engine/text.ts';

/**
 * How the name one signs in with is kept: as a keyed hash. Case, width and space do not count (RFC 8265, 3.3, with
 * NFKC). @throws Invalid when it has not 2 to 100 characters
 */
export function signInKey(store: Store, name: string): string {
  const folded = foldName(name);
  const length = [...folded].length;
  if (length < 2 || length > 100)
    throw new Invalid('store: a name to sign in with has 2 to 100 characters', { path: 'signInName' });
  return keyedHash(store.textKey, 'sign-in', folded);
}

/** The key of what someone typed to sign in: a name that nobody can have is just wrong. */
export function signInKeyTyped(store: Store, name: string): string {
  return keyedHash(store.textKey, 'sign-in', foldName(name.slice(0, 1000)));
}

function foldName(name: string): string {
  const plain = storable(name).normalize('NFKC').toLowerCase().normalize('NFKC');
  return plain
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Z}\p{Cc}]+/gu, ' ')
    .trim();
}
