import { Invalid } from './errors.ts';
import { cleanAvif } from './pictures/avif.ts';
import { cleanGif } from './pictures/gif.ts';
import { cleanJpeg } from './pictures/jpeg.ts';
import type { Cleaned } from './pictures/parts.ts';
import { cleanPng } from './pictures/png.ts';
import { cleanWebp } from './pictures/webp.ts';

/** A picture of which nothing is left but the picture: its bytes, what they are, and its size in pixels as it is shown. */
export interface CleanPicture extends Cleaned {
  readonly mediaType: string;
  /** `png`. */
  readonly extension: string;
}

/** The largest side, and the most pixels: what decodes to more is made to fill memories. */
const longestSide = 12_000;
const mostPixels = 50_000_000;

/**
 * Takes everything out of a picture that is not the picture: where and with what it was taken (EXIF, GPS, XMP, IPTC),
 * comments, colour profiles, previews, whatever follows its end. Nothing is decoded or made smaller: the pixels stay as
 * they are, and so does the way up. What a file is called or called by its sender makes no difference.
 * @throws Invalid (`picture`) for what is none of PNG, JPEG, GIF, WebP and AVIF by its bytes, is broken, or is too large
 */
export function cleanPicture(bytes: Uint8Array): CleanPicture {
  const kind = kindOf(bytes);
  if (kind === undefined)
    throw refused('a picture is a PNG, JPEG, GIF, WebP or AVIF file; this one is none of them');
  let cleaned: Cleaned;
  try {
    cleaned = kind.clean(Buffer.from(bytes));
  } catch (cause) {
    if (cause instanceof Invalid) throw cause;
    // A RangeError, mostly: the file ends before what it announces.
    throw refused(`this ${kind.name} is broken; save it anew with a program for pictures`, cause);
  }
  const { width, height } = cleaned;
  if (width < 1 || height < 1) throw refused(`this ${kind.name} does not say how large it is`);
  if (Math.max(width, height) > longestSide || width * height > mostPixels)
    throw refused(`this picture has ${width} × ${height} points; make it smaller: at most 12,000 on a side`);
  return { ...cleaned, mediaType: kind.mediaType, extension: kind.extension };
}

interface Kind {
  readonly name: string;
  readonly mediaType: string;
  readonly extension: string;
  readonly is: (bytes: Buffer) => boolean;
  readonly clean: (bytes: Buffer) => Cleaned;
}

const kinds: readonly Kind[] = [
  {
    name: 'PNG',
    mediaType: 'image/png',
    extension: 'png',
    is: (b) => b.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n',
    clean: cleanPng,
  },
  {
    name: 'JPEG',
    mediaType: 'image/jpeg',
    extension: 'jpg',
    is: (b) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff,
    clean: cleanJpeg,
  },
  {
    name: 'GIF',
    mediaType: 'image/gif',
    extension: 'gif',
    is: (b) => /^GIF8[79]a$/.test(b.toString('latin1', 0, 6)),
    clean: cleanGif,
  },
  {
    name: 'WebP',
    mediaType: 'image/webp',
    extension: 'webp',
    is: (b) => b.toString('latin1', 0, 4) === 'RIFF' && b.toString('latin1', 8, 12) === 'WEBP',
    clean: cleanWebp,
  },
  {
    name: 'AVIF',
    mediaType: 'image/avif',
    extension: 'avif',
    is: (b) => b.toString('latin1', 4, 12) === 'ftypavif',
    clean: cleanAvif,
  },
];

function kindOf(bytes: Uint8Array): Kind | undefined {
  const head = Buffer.from(bytes.subarray(0, 16));
  return kinds.find(({ is }) => is(head));
}

function refused(why: string, cause?: unknown): Invalid {
  return new Invalid(`pictures: ${why}`, { path: 'picture', ...(cause === undefined ? {} : { cause }) });
}
