import { cwd } from 'node:process';
import { cleanJudge, wildHtml } from '../src/clean.testing.ts';
import { fuzzed, readAny, specimens } from '../src/import/fuzz.testing.ts';
import { tokens } from '../src/model/text/compare/tokens.ts';
import { compareWords, rebuild } from '../src/model/text/compare.ts';
import { edit, move, paragraphs, seeded, story } from '../src/testing/versions.ts';
import type { Campaign } from './campaign.ts';

/** Every campaign whose cases are tried one by one in a worker; that of kills starts its own processes. */
export const campaigns: readonly Campaign[] = [
  {
    name: 'importers',
    about:
      'Every fixture of every importer and the demo, made wrong in one to eight ways: each file ends in Editions that hold together, their texts a fixed point of the cleaner, or in a reason why not; within 5 s and 256 MiB of heap.',
    usual: 20_000,
    prepare: (seed) => {
      const from = specimens(cwd());
      return (index) => readAny(fuzzed(seed, index, from));
    },
  },
  {
    name: 'cleaner',
    about:
      'Random pieces of HTML in any order: cleaned twice is cleaned once, and DOMPurify finds nothing to take out.',
    usual: 20_000,
    prepare: (seed) => {
      const judge = cleanJudge();
      return (index) => {
        judge(wildHtml(seed, index));
        return 'clean';
      };
    },
  },
  {
    name: 'comparison',
    about:
      'Stories with words edited and passages moved: each version is rebuilt exactly from the other and the comparison, in both directions.',
    usual: 5_000,
    prepare: (seed) => (index) => {
      const random = seeded(Math.imul(seed, 0x9e3779b1) ^ index);
      const before = story(random, 20 + Math.floor(random() * random() * 5000));
      const moves = Math.floor(random() * Math.min(8, before.length / 40));
      const moved = moves === 0 ? before : move(random, before, moves).after;
      const [a, b] = [before, edit(random, moved, random() * random())].map((t) => tokens(paragraphs(t)));
      if (a === undefined || b === undefined) throw new Error('no texts to compare');
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        const comparison = compareWords(from, to);
        if (rebuild(from, comparison).text !== to.text) throw new Error('the text rebuilt is another');
      }
      return 'rebuilt';
    },
  },
];
