import { createHash, createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { CleanHtml } from '../../html.ts';

/** The words of a clean text without its markup, blocks on lines of their own. Clean HTML escapes only four characters. */
export function plainText(html: CleanHtml | null): string {
  if (html === null) return '';
  return html
    .replace(/<\/?(?:p|h2|br|hr|li|dd|dt|td|th|blockquote|pre|figure)\b[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => entities[name] ?? '');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The words alone, one space between them: equal for two copies that differ in markup or line breaks only. */
export function bareWords(html: CleanHtml | null): string {
  // Most spaces are single ones and stay: only other white space is written anew.
  return plainText(html)
    .replace(/[^\S ]\s*| \s+/g, ' ')
    .trim();
}

/** A key to sort names and titles by: no marks, no case, no article in front (as AO3's title sort does). */
export function sortKey(text: string): string {
  const folded = fold(text).replace(/^[^\p{L}\p{N}]+/u, '');
  return folded.replace(/^(?:the|an|a)\s+(?=\S)/, '').slice(0, 200);
}

/** Letters without marks and case. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Text as both engines can hold it: whole characters only, and no U+0000. */
export function storable<T extends string>(text: T): T {
  return text.toWellFormed().replaceAll('\0', '\ufffd') as T;
}

/** HMAC-SHA256 over parts that cannot run into each other, in hex. A long part may come in pieces, to be hashed as one. */
export function keyedHash(
  key: KeyObject | Uint8Array,
  ...parts: readonly (string | readonly string[])[]
): string {
  const hash = createHmac('sha256', key);
  for (const part of parts) {
    const pieces = typeof part === 'string' ? [part] : part;
    hash.update(`${pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)}:`);
    for (const piece of pieces) hash.update(piece);
  }
  return hash.digest('hex');
}

/** Compared in a time that says nothing about where two texts differ. */
export function isSame(given: string, kept: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(kept)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** SHA-256 in hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A JSON column's document. The store wrote it, so its shape is known. */
export function parseJson<T>(text: string): T {
  return JSON.parse(text) as T;
}
