import { createHash } from 'node:crypto';
import type { Resource } from '../../model/source.ts';
import type { OpenFile } from '../importer.ts';

/** Finds the images of a page that came with it, in its `_files` folder or in the page itself (`data:`). */
export interface Pictures {
  /** The address of an image in clean text, `resource:<sha256>`; undefined for one that did not come along. */
  readonly find: (src: string) => string | undefined;
  /** Those that were asked for, each once, in the order of asking. */
  used(): readonly Resource[];
  /** Those that the page refers to beside it, but that did not come along. */
  missing(): readonly string[];
}

/** The pictures that came with a page. Only images of known kinds count: what the bytes are, not what they are called. */
export function picturesOf(file: OpenFile): Pictures {
  const used = new Map<string, Resource>();
  const missing = new Set<string>();
  const find = (src: string): string | undefined => {
    const inline = inlineBytes(src);
    const bytes = inline ?? besideOf(file, src);
    const mediaType = bytes === undefined ? undefined : mediaTypeOf(bytes);
    if (bytes === undefined || mediaType === undefined) {
      if (isBeside(src)) missing.add(src);
      return undefined;
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    // Those that lay beside the page keep their path: so they are found again when it is read anew.
    const path = inline === undefined ? pathBeside(src) : sha256;
    if (!used.has(path)) {
      used.set(path, { path, mediaType, sha256, base64: Buffer.from(bytes).toString('base64') });
    }
    return `resource:${sha256}`;
  };
  return { find, used: () => [...used.values()], missing: () => [...missing] };
}

function inlineBytes(src: string): Uint8Array | undefined {
  const base64 = /^data:image\/[\w.+-]+;base64,([\w+/=\s]+)$/i.exec(src)?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

/** Browsers write `name_files/pic.png`, `./name_files/pic.png` or either percent-encoded. */
function besideOf(file: OpenFile, src: string): Uint8Array | undefined {
  if (!isBeside(src)) return undefined;
  return (file.beside.get(src) ?? file.beside.get(pathBeside(src)))?.bytes;
}

function pathBeside(src: string): string {
  return decoded(src.replace(/^\.\//, '').replace(/[?#].*$/, ''));
}

function isBeside(src: string): boolean {
  return src !== '' && !/^(?:[a-z][a-z\d+.-]+:|\/)/i.test(src);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const signatures: readonly (readonly [string, RegExp])[] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF[\s\S]{4}WEBP/],
];

function mediaTypeOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return signatures.find(([, signature]) => signature.test(head))?.[0];
}
