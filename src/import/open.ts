import { createHash } from 'node:crypto';
import type { Parent } from '../dom.ts';
import { Unreadable } from '../errors.ts';
import { parsePage } from '../html.ts';
import { decode } from './charset.ts';
import type { OpenFile, SourceFile } from './importer.ts';

/** Larger files are no saved pages: 32 MiB. */
export const mostBytes = 32 * 1024 * 1024;
/** An Edition may hold every state a long work ever had. */
export const mostOfEdition = 256 * 1024 * 1024;

/** How large a file may be that begins with these bytes. */
export function mostFor(head: Uint8Array): number {
  const text = new TextDecoder('latin1').decode(head.subarray(0, 200));
  return /^\s*\{\s*"format"\s*:\s*"variorum-edition"/.test(text) ? mostOfEdition : mostBytes;
}

/** Whether a file that begins with these bytes is a zip, one without files too (APPNOTE 6.3.10, 4.3.7 and 4.3.16). */
export function isZip(head: Uint8Array): boolean {
  return [
    [0x50, 0x4b, 3, 4],
    [0x50, 0x4b, 5, 6],
  ].some((magic) => magic.every((b, i) => head[i] === b));
}

/**
 * Opens a file for reading: hashes and decodes it; its tree is parsed when first asked for.
 * @throws Unreadable for an empty, too large or binary file.
 */
export function openFile(source: SourceFile, beside: ReadonlyMap<string, SourceFile> = new Map()): OpenFile {
  refuseUnfit(source);
  const { text, charset } = decode(source.bytes);
  if (text.trim() === '') throw new Unreadable(`import: "${source.path}" is empty`);
  let tree: Parent | undefined;
  return {
    path: source.path,
    name: source.path.split('/').at(-1) ?? source.path,
    bytes: source.bytes,
    sha256: createHash('sha256').update(source.bytes).digest('hex'),
    text,
    charset,
    tree() {
      tree ??= parsePage(text);
      return tree;
    },
    beside,
  };
}

function refuseUnfit(source: SourceFile): void {
  const { bytes, path } = source;
  if (bytes.length === 0) throw new Unreadable(`import: "${path}" is empty`);
  const most = mostFor(bytes);
  if (bytes.length > most) throw new Unreadable(tooLarge(path, bytes.length, most));
  const kind = signatures.find(([, magic]) => magic.every((b, i) => bytes[i] === b))?.[0];
  if (kind !== undefined) throw new Unreadable(`import: "${path}" is ${kind}, not a page or a text`);
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const controls = bytes
    .subarray(0, 65_536)
    .reduce((n, b) => n + (b < 9 || (b > 13 && b < 32 && b !== 26 && b !== 27) ? 1 : 0), 0);
  if (!utf16 && controls > 8 && controls > Math.min(bytes.length, 65_536) / 100) {
    throw new Unreadable(
      `import: "${path}" is not text: it holds ${controls} control bytes in its first part`,
    );
  }
}

/** The reason given for a file that is too large; also used before one is read at all. */
export function tooLarge(path: string, size: number, most: number): string {
  const megabytes = Math.round(size / 1024 / 1024);
  return `import: "${path}" is ${megabytes} MB; such a file has at most ${most / 1024 / 1024} MB`;
}

const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['a zip archive within something else; give it by itself', [0x50, 0x4b, 0x03, 0x04]],
  ['a gzip file; unpack it first', [0x1f, 0x8b]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['a Word document; save it as text or HTML first', [0xd0, 0xcf, 0x11, 0xe0]],
];
