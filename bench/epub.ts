import { deflateRawSync } from 'node:zlib';
import { writeEpub } from '../src/export/epub/write.ts';
import { joinBlocks, paragraph } from '../src/html.ts';
import { edition, passage, story } from '../src/testing/stories.ts';
import { paragraphs, story as prose, seeded } from '../src/testing/versions.ts';
import type { Contestant, Race } from './race.ts';

/** An EPUB of a novel: 100,000 words in 40 chapters, beside deflating the words of each. */
export const epubRaces: readonly Race[] = [
  {
    name: 'EPUB of 100,000 words in 40 chapters',
    limit: 'deflate of the chapters',
    ours: 'epub',
    against: 'deflate',
    goal: { most: 1.2 },
  },
];

const options = { address: null, comments: true, stateMadeAt: '2026-11-22T18:00:00Z' };

export const epubContestants: Readonly<Record<string, Contestant>> = {
  epub: () => (round) => {
    const given = novel(round);
    return () => writeEpub(given, options);
  },
  deflate: () => (round) => {
    const chapters = novel(round).passages.map((p) => p.html);
    return () => chapters.map((html) => deflateRawSync(html));
  },
};

/** Another novel each round. */
function novel(round: number): ReturnType<typeof edition> {
  const chapters = Array.from({ length: 40 }, (_, i) => {
    const text = paragraphs(prose(seeded(round * 40 + i), 2500));
    const html = joinBlocks(text.map((p) => paragraph([p])));
    return { ...passage(`c${i + 1}`, ''), title: `Chapter ${i + 1}`, html, words: 2500, ending: i === 39 };
  });
  return edition('A novel', story(chapters));
}
