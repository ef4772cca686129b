import { TextDecoder } from '@exodus/bytes/encoding.js';
import sniff from 'html-encoding-sniffer';
import type { Charset } from './importer.ts';

/**
 * Decodes the bytes of a page or text. A byte order mark wins; then UTF-8 where the bytes are UTF-8 whatever the file
 * says (browsers that save a page anew leave old declarations in it); then what the file declares, by the HTML
 * Standard's rules, under which `iso-8859-1` means windows-1252; then Cyrillic by its letters; else windows-1252.
 */
export function decode(bytes: Uint8Array): { readonly text: string; readonly charset: Charset } {
  const declared = declaredLabel(bytes);
  const { name, from } = choose(bytes, declared);
  const text = new TextDecoder(name).decode(bytes);
  const honest = declared === null || labelsOf(name).includes(declared);
  return { text, charset: { name, from, declared: honest ? null : declared, mojibake: findMojibake(text) } };
}

/** Sequences that UTF-8 shows when it was once read as windows-1252: `â€™`, `Ã©`; at most five different ones. */
export function findMojibake(text: string): readonly string[] {
  return [
    ...new Set(text.match(/â€[\u0080-\u009f™œ˜¦“”\u009d]|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|â€/g) ?? []),
  ].slice(0, 5);
}

function choose(bytes: Uint8Array, declared: string | null): Pick<Charset, 'name' | 'from'> {
  const bom =
    bytes[0] === 0xef || bytes[0] === 0xfe || bytes[0] === 0xff
      ? sniff(bytes, { xml: true, defaultEncoding: 'x' })
      : 'x';
  if (bom !== 'x') return { name: bom, from: 'bom' };
  if (isUtf8(bytes)) return { name: 'UTF-8', from: declared?.startsWith('utf') ? 'declared' : 'sniffed' };
  const byDeclaration = declaredEncoding(bytes);
  if (byDeclaration !== 'x-none' && byDeclaration !== 'UTF-8')
    return { name: byDeclaration, from: 'declared' };
  return cyrillic(bytes) ?? { name: 'windows-1252', from: 'default' };
}

/** The encoding a page declares, by the HTML Standard's rules; `x-none` for none. */
function declaredEncoding(bytes: Uint8Array): string {
  try {
    return sniff(bytes, { defaultEncoding: 'x-none' });
  } catch {
    // html-encoding-sniffer 6.0 reads past the end of `content="charset=`, which declares nothing.
    return 'x-none';
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What a page says of its own encoding, lower case, as written; null when it says nothing. */
function declaredLabel(bytes: Uint8Array): string | null {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4096));
  return (
    /<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1]?.toLowerCase() ??
    null
  );
}

function labelsOf(name: string): readonly string[] {
  const lower = name.toLowerCase();
  return lower === 'windows-1252'
    ? [lower, 'cp1252', 'x-cp1252']
    : lower === 'utf-8'
      ? [lower, 'utf8']
      : [lower];
}

/**
 * Undeclared bytes most of whose letters lie above 0x80 are Cyrillic: the charset that gives more small letters
 * than capitals is the one (koi8-r and windows-1251 have them the other way round).
 */
function cyrillic(bytes: Uint8Array): Pick<Charset, 'name' | 'from'> | undefined {
  const sample = bytes.subarray(0, 65_536);
  const high = sample.reduce((n, b) => n + (b >= 0xc0 ? 1 : 0), 0);
  const low = sample.reduce((n, b) => n + ((b | 32) >= 97 && (b | 32) <= 122 ? 1 : 0), 0);
  if (high <= low) return undefined;
  const small = (name: string): number => new TextDecoder(name).decode(sample).match(/[а-яё]/g)?.length ?? 0;
  return { name: small('koi8-r') > small('windows-1251') ? 'KOI8-R' : 'windows-1251', from: 'sniffed' };
}
