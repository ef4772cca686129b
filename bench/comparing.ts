import { diff } from 'fast-myers-diff';
import { tokens } from '../src/model/text/compare/tokens.ts';
import { edit, paragraphs, seeded, story } from '../src/testing/versions.ts';
import { benchCompare } from './compare.ts';
import type { Contestant, Race } from './race.ts';

export const compareRaces: readonly Race[] = [
  {
    name: 'compare two texts of 107,000 words',
    limit: 'cutting into words',
    ours: 'compare',
    against: 'tokenise',
    peers: [{ name: 'fast-myers-diff', contestant: 'myers' }],
    goal: { most: 2 },
  },
];

export const compareContestants: Readonly<Record<string, Contestant>> = {
  compare: () => {
    const [figure] = benchCompare();
    return () => () => figure?.ours();
  },
  tokenise: () => {
    const [figure] = benchCompare();
    return () => () => figure?.limit();
  },
  myers: () => {
    const random = seeded(1861);
    const before = story(random, 107_000);
    const [a, b] = [before, edit(random, before, 0.05)].map((text) => tokens(paragraphs(text)).words);
    return () => () => [...diff(a ?? [], b ?? [])].length;
  },
};
