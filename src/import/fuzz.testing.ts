import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Invalid, Unreadable } from '../errors.ts';
import { cleanHtml } from '../html.ts';
import type { Edition } from '../model/edition.ts';
import { mutated, type Specimen } from '../testing/mutate.ts';
import { seeded } from '../testing/versions.ts';
import { readFile } from './index.ts';
import { openFile } from './open.ts';

/** Every file the importers are held to, and the demo: what files made wrong begin as. `root` is that of the checkout. */
export function specimens(root: string): readonly Specimen[] {
  const named = (folder: string, wanted: RegExp): Specimen[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => wanted.test(name))
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(root, folder, name)) }));
  return [
    ...named('src/import', /fixtures[\\/][^\\/]+[\\/]input\.\w+$/),
    ...named('demo', /^(?!README)[^\\/]+\.(?:html|txt|md)$/),
  ];
}

/** The file that stands at a place of a campaign. */
export function fuzzed(seed: number, index: number, from: readonly Specimen[]): Specimen {
  return mutated(seeded(Math.imul(seed, 0x9e3779b1) ^ index), from);
}

/**
 * Reads a file as an import would, and holds the outcome to what is promised of any file at all: Editions whose
 * invariants hold and whose texts are as the cleaner would leave them, or a reason why there are none.
 * @throws whatever else an importer throws, and an Error naming the text that is not clean
 */
export function readAny({ name, bytes }: Specimen): 'read' | 'refused' {
  let editions: readonly Edition[];
  try {
    editions = readFile(openFile({ path: name, bytes })).editions;
  } catch (error) {
    if (error instanceof Unreadable || error instanceof Invalid) return 'refused';
    throw error;
  }
  for (const edition of editions) for (const [path, html] of textsOf(edition)) expectClean(path, html);
  return 'read';
}

function expectClean(path: string, html: string): void {
  const again = cleanHtml(html);
  if (again === html) return;
  const at = [...html].findIndex((c, i) => c !== again[i]);
  const near = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 40), at + 60));
  throw new Error(`${path} changes when it is cleaned again: ${near(html)} becomes ${near(again)}`);
}

function* textsOf(edition: Edition): Generator<readonly [path: string, html: string]> {
  for (const [i, p] of edition.passages.entries()) yield [`passages[${i}].html`, p.html];
  for (const [i, c] of edition.comments.entries()) yield [`comments[${i}].html`, c.html];
  for (const [i, n] of edition.notes.entries()) yield [`notes[${i}].html`, n.html];
  for (const field of ['summary', 'notes', 'endnotes', 'disclaimer'] as const) {
    const html = edition.work[field];
    if (html !== null) yield [`work.${field}`, html];
  }
}
