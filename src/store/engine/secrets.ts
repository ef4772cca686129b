import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Invalid } from '../../errors.ts';

/** The keys of one archive, 32 bytes each: `signing` for cookies and links, `texts` for the hashes of texts. */
export interface Secrets {
  readonly signing: Uint8Array;
  readonly texts: Uint8Array;
}

/**
 * The keys kept in a data folder (`secrets.json`, readable by its owner only), made when first asked for.
 * @throws Invalid when the file cannot be read or written.
 */
export function secrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  try {
    mkdirSync(folder, { recursive: true });
    try {
      keepSecrets(folder, { signing: randomBytes(32), texts: randomBytes(32) });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    return secretsOf(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Invalid(`store: cannot use ${file}: ${(cause as Error).message}`, { cause });
  }
}

/** Writes the keys of a folder that has none. */
export function keepSecrets(folder: string, keys: Secrets): void {
  const handle = openSync(join(folder, 'secrets.json'), 'wx', 0o600);
  writeSync(handle, textOfSecrets(keys));
  fsyncSync(handle);
  closeSync(handle);
}

/** The keys as they stand in the file and in a backup. */
export function textOfSecrets(keys: Secrets): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return `${JSON.stringify({ signing: base64(keys.signing), texts: base64(keys.texts) })}\n`;
}

/** Reads what `textOfSecrets` wrote. @throws Invalid when a key is missing or short. */
export function secretsOf(text: string): Secrets {
  const value: unknown = JSON.parse(text);
  const key = (name: string): Uint8Array => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
    const bytes = typeof found === 'string' ? Buffer.from(found, 'base64') : Buffer.alloc(0);
    if (bytes.length < 32) throw new Invalid(`store: the secret "${name}" is missing or too short`);
    return bytes;
  };
  return { signing: key('signing'), texts: key('texts') };
}
