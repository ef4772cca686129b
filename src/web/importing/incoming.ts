import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the files of a batch lie until they are read. */
export function incomingFolder(data: string, batch: string): string {
  return join(data, 'incoming', batch);
}

/** What lies in it: pages and texts, and zips apart from them, since each is a folder of its own. */
export const folders = { pages: 'pages', zips: 'zips' };

/** Takes the files of a batch away: what was stored of them is in the archive. */
export async function dropIncoming(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
