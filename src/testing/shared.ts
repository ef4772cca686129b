import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The path of an optional collection of real files that may lie beside the checkout (`samples/…`, `corpora/…`),
 * or undefined where it does not: tests that use it skip and say so.
 */
export function sharedPath(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url));
  return existsSync(path) ? path : undefined;
}
