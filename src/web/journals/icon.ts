import { escapeHtml } from '../../html.ts';
import { findIcon } from '../../store/accounts.ts';
import type { Page } from '../archive.ts';
import { inertPolicy } from '../serving/headers.ts';

/**
 * `GET /people/:id/icon`: the picture of a name, or its initial where it has none. The address stays when the picture
 * changes, so that pages that were kept show the new one; two names with the same picture have two addresses.
 */
export const personIcon: Page = (archive) => async (c) => {
  const { name, icon } = await findIcon(archive.store, c.req.param('id') ?? '');
  return c.body(icon === null ? initialOf(name) : new Uint8Array(icon.bytes), 200, {
    'content-type': icon?.mediaType ?? 'image/svg+xml',
    'content-security-policy': inertPolicy,
    'cache-control': 'public, max-age=60',
  });
};

/** The address of a name's picture. */
export function iconPath(personId: string): string {
  return `/people/${personId}/icon`;
}

/** Greys with a little colour, on all of which white can be read (7:1); none is that of a siglum. */
const grounds = ['#5b4a3a', '#46533c', '#3d515c', '#54445a', '#5e4141', '#4a4a4a'] as const;

/** A letter on a ground, both from the name and from nothing else. */
function initialOf(name: string): string {
  const sum = [...name].reduce((n, letter) => (n * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  const letter = (/[\p{L}\p{N}]/u.exec(name)?.[0] ?? '?').toUpperCase();
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="${grounds[sum % grounds.length]}"/><text x="48" y="48" dy="0.36em" text-anchor="middle" font-family="Georgia, serif" font-size="52" fill="#fff">${escapeHtml(letter)}</text></svg>`;
}
