import type { CleanHtml } from '../src/html.ts';
import type { SourceFile } from '../src/import/importer.ts';
import type { Edition } from '../src/model/edition.ts';
import {
  sampleComment,
  sampleEdition,
  samplePassage,
  sampleSource,
} from '../src/store/sample-works.testing.ts';

/** How many works one run of an import stores. */
export const worksInRun = 100;

/** Numbers from 0 to 1, always the same ones for a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A work with its page, always the same for a seed and a number: two to eight passages, up to 60 comments. */
export function generatedPage(
  seed: number,
  number: number,
): { readonly edition: Edition<CleanHtml>; readonly file: SourceFile } {
  const next = random(seed * 1000 + number);
  const words = (most: number): string =>
    Array.from({ length: 1 + Math.floor(next() * most) }, () => `w${Math.floor(next() * 5000)}`).join(' ');
  const name = `Number ${number} of ${seed}`;
  const page = sampleSource(`<html>${name} ${words(4000)}`, { origin: `journal.example/${seed}/${number}` });
  const passages = Array.from({ length: 2 + Math.floor(next() * 7) }, (_, i) =>
    samplePassage(`p${i + 1}`, `${name}, ${i}: ${words(1500)}`),
  );
  const comments = Array.from({ length: Math.floor(next() * 60) }, (_, i) =>
    sampleComment(`c${i}`, words(80), {
      parent: i === 0 || next() < 0.3 ? null : `c${Math.floor(next() * i)}`,
      author: { kind: 'imported', name: `reader ${Math.floor(next() * 40)}`, site: 'journal.example' },
      source: page.record.sha256,
    }),
  );
  const edition = sampleEdition(name, { passages, comments, variantSets: [], sources: [page.record] });
  return { edition, file: page.file };
}
