import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How the bytes of an answer are written; `identity` is as they are. */
export type Encoding = 'br' | 'gzip' | 'identity';

const asked = new Map<string, Encoding>();

/** The best encoding a request's Accept-Encoding allows (RFC 9110, 12.5.3): br, else gzip, else identity. */
export function encodingFor(accept: string | undefined): Encoding {
  if (accept === undefined) return 'identity';
  const known = asked.get(accept);
  if (known !== undefined) return known;
  const encoding = readAccept(accept);
  // Browsers say one of a few things; whoever says something else each time must not fill the memory.
  if (asked.size < 100 && accept.length < 200) asked.set(accept, encoding);
  return encoding;
}

function readAccept(accept: string): Encoding {
  const weights = new Map<string, number>();
  for (const part of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((p) => p.trim());
    const weight = parameters.find((p) => p.startsWith('q='))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight) || 0);
  }
  const allowed = (name: string): boolean => (weights.get(name) ?? weights.get('*') ?? 0) > 0;
  return allowed('br') ? 'br' : allowed('gzip') ? 'gzip' : 'identity';
}

/** Whether bytes of this media type become much smaller: text does, images, fonts and books are compressed already. */
export function isCompressible(mediaType: string): boolean {
  return /^(?:text\/|image\/svg|application\/(?:json|xml|javascript|manifest|ld|atom|rss|xhtml|[a-z.-]+\+(?:json|xml)\b))/.test(
    mediaType,
  );
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** How many compressions may run beside serving; while all are taken, answers go out as they are. */
const slots = 2;
let running = 0;

/**
 * Compresses beside the event loop; undefined when too many compressions are under way or nothing is gained. Under
 * load time is dearer than bytes, and the next one who asks brings the next chance.
 */
export async function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer | undefined> {
  if (encoding === 'identity' || running >= slots || bytes.length < 500) return undefined;
  running++;
  try {
    const packed =
      encoding === 'br'
        ? await brotli(bytes, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: 5,
              [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
              [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
            },
          })
        : await zip(bytes, { level: 6 });
    return packed.length < bytes.length ? packed : undefined;
  } finally {
    running--;
  }
}
