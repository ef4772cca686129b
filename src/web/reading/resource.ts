import { NotFound } from '../../errors.ts';
import { getImage } from '../../store/originals.ts';
import type { Page } from '../archive.ts';
import { openedWork } from '../guard.ts';

/**
 * `GET /works/:handle/resources/:hash`: an image that came with a work, to whoever may read the work. A minute after it
 * was taken away no cache has it any more.
 */
export const resourcePage: Page = (archive) => async (c) => {
  const hash = c.req.param('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new NotFound(`web: no image has the address ${JSON.stringify(hash.slice(0, 80))}`);
  const { work, cache } = openedWork(c);
  const image = await getImage(archive.store, work.id, hash);
  return c.body(new Uint8Array(image.bytes), 200, {
    'content-type': image.mediaType,
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': cache === 'public' ? 'public, max-age=60' : 'private, no-store',
  });
};
