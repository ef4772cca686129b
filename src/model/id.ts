import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford's base 32: nothing in it is mistaken for another

/** A public id: 10 random characters (50 bits) that say nothing about person or time. */
export function newId(): string {
  return randomText(10);
}

/** The key of a secret link: 26 random characters (130 bits). */
export function newSecret(): string {
  return randomText(26);
}

function randomText(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += alphabet[byte % 32];
  return text;
}
