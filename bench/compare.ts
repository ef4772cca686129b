import { intern } from '../src/model/text/compare/intern.ts';
import { tokens } from '../src/model/text/compare/tokens.ts';
import { compareWords } from '../src/model/text/compare.ts';
import { edit, move, paragraphs, seeded, story } from '../src/testing/versions.ts';

const novelWords = 107_000;

/**
 * Comparison of two states of a novel, 5 % of the words edited and twelve passages moved, from plain paragraphs to segments,
 * beside what no comparison can do without: cutting both into words and numbering them.
 */
export function benchCompare(): { name: string; ours(): void; limit(): void; goal: number }[] {
  const random = seeded(1861);
  const before = story(random, novelWords);
  const { after } = move(random, before, 12);
  const a = paragraphs(before);
  const b = paragraphs(edit(random, after, 0.05));
  return [
    {
      name: 'compare two texts of 107,000 words',
      ours: () => {
        compareWords(tokens(a), tokens(b));
      },
      limit: () => {
        intern(tokens(a).words, tokens(b).words);
      },
      goal: 2,
    },
  ];
}
