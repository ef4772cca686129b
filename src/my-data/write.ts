import { createHash } from 'node:crypto';
import type { OwnData } from '../import/own-data.ts';
import { ownDataIndex } from '../import/own-data.ts';
import type { Store } from '../store/index.ts';
import { writeZip } from '../zip.ts';
import { dataParts } from './index.ts';
import { type DataFile, dataFile, type Owner, textFile } from './part.ts';

/** How far it is: files packed so far. */
export type Progress = (files: number) => void;

/**
 * Writes everything here that is someone's own into a zip, which only the owner of this process may read; gives its
 * size in bytes. It holds nothing private of anyone else: see each part.
 */
export async function writeOwnData(
  store: Store,
  owner: Owner,
  path: string,
  progress: Progress = () => undefined,
): Promise<number> {
  const zip = writeZip(path);
  const files: OwnData['files'] = [];
  const add = async (file: DataFile): Promise<void> => {
    const sha256 = createHash('sha256').update(file.bytes).digest('hex');
    await zip.add({ ...file, stored: file.kind === 'picture' });
    files.push({ path: file.path, kind: file.kind, size: file.bytes.length, sha256 });
    progress(files.length);
  };
  await add(textFile('README.txt', readme(owner.url)));
  for (const part of dataParts) for await (const file of part.files(store, owner)) await add(file);
  const index: OwnData = { format: 'variorum-data', version: 1, files };
  await zip.add(dataFile(ownDataIndex, index));
  return zip.end();
}

function readme(url: string): string {
  const parts = dataParts.map(({ path, about }) => `${path}\n${folded(about)}`);
  return [
    `Everything at ${url} that is yours.`,
    ...parts,
    `${ownDataIndex}\n${folded('Lists every file with its size and its SHA-256, so that anyone can see that nothing was changed or lost.')}`,
    folded(
      'To take the works into an archive again: variorum import THIS.zip. They arrive as drafts. Comments by others come with them under the names they had here. What you said about the works of others, your account and your settings stay files: no archive takes them from a zip.',
    ),
    folded('It holds things that nobody but you could see. Keep it where others cannot read it.'),
    '',
  ].join('\n\n');
}

/** Lines of at most 76 letters, set in by two. */
function folded(text: string): string {
  const lines = text.match(/.{1,74}(?:\s|$)/g) ?? [text];
  return lines.map((line) => `  ${line.trimEnd()}`).join('\n');
}
