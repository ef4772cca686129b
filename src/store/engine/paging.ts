import { Invalid } from '../../errors.ts';
import type { Page } from '../../model/views.ts';

/** The keys a list stopped at, as the opaque `after` of the next page. */
export function afterOf(...keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

/**
 * What `afterOf` was given; undefined for the first page.
 * @throws Invalid for anything else.
 */
export function readAfter(after: string | null | undefined, keys: number): readonly string[] | undefined {
  if (after === null || after === undefined || after === '') return undefined;
  try {
    const found: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(found) && found.length === keys) return found.map(String);
  } catch {}
  throw new Invalid('store: this list has no such page; begin at its first', { path: 'after' });
}

/** A page of a list of which one more than `limit` was asked for. */
export function pageOf<T>(rows: readonly T[], limit: number, after: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? after(last) : null };
}
