import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Invalid } from '../../errors.ts';
import type { Store } from '../engine/store.ts';

/** A secret that must be read again, as it may stand in the database: AES-256-GCM with a key of the data folder. */
export function conceal(store: Store, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(store), iv);
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64url');
}

/** What `conceal` made unreadable. @throws Invalid when it was changed, or made with another archive's key */
export function reveal(store: Store, concealed: string): string {
  const bytes = Buffer.from(concealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(store), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Invalid('store: a secret of an account cannot be read; is secrets.json that of this archive?', {
      cause,
    });
  }
}

function keyOf(store: Store): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', store.textKey, '', 'variorum: secrets of accounts', 32));
}
