import { Unreadable } from '../errors.ts';
import type { Decision } from '../model/remark.ts';
import { checkEdition } from '../model/validate.ts';
import { dreamwidthImporter } from './dreamwidth/index.ts';
import { editionImporter } from './edition/index.ts';
import type { Importer, OpenFile, Reading } from './importer.ts';
import { livejournal2013Importer } from './livejournal-2013/index.ts';
import { livejournalS1Importer } from './livejournal-s1/index.ts';
import { livejournalS2Importer } from './livejournal-s2/index.ts';
import { livejournalSixhtmlImporter } from './livejournal-sixhtml/index.ts';
import { markdownImporter } from './markdown/index.ts';
import { explainUnknown } from './refuse.ts';
import { textImporter } from './text/index.ts';

/** Every format that can be read, in the order of detection: the surest sign first, plain text last. */
export const importers: readonly Importer[] = [
  editionImporter,
  livejournal2013Importer,
  dreamwidthImporter,
  livejournalS1Importer,
  livejournalSixhtmlImporter,
  livejournalS2Importer,
  markdownImporter,
  textImporter,
];

/** The importer that reads a file. @throws Unreadable with the reason, when there is none. */
export function findImporter(file: OpenFile): Importer {
  const importer = importers.find((candidate) => candidate.recognises(file));
  if (importer === undefined)
    throw new Unreadable(`import: "${file.path}" is not read: ${explainUnknown(file)}`);
  return importer;
}

/**
 * Reads a file with the importer that recognises it and holds what comes out to the invariants of the model.
 * @throws Unreadable when the file is not a story.
 */
export function readFile(file: OpenFile, decisions: readonly Decision[] = []): Reading {
  const reading = readBounded(file, decisions);
  for (const edition of reading.editions) checkEdition(edition);
  return reading;
}

/** A word of millions of letters outgrows what the machine keeps for one search: no person wrote such a file. */
function readBounded(file: OpenFile, decisions: readonly Decision[]): Reading {
  try {
    return findImporter(file).read(file, decisions);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Unreadable(`import: "${file.path}" runs on further than anything a person writes`, { cause });
  }
}
