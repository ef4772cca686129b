import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeBlocks, mergedBlocks, mergesCleanly } from './merge.ts';

const merge = (base: string, mine: string, theirs: string) => mergeBlocks([...base], [...mine], [...theirs]);
const text = (base: string, mine: string, theirs: string) => mergedBlocks(merge(base, mine, theirs)).join('');

describe('two texts that came of one', () => {
  it.each([
    ['one side changed nothing', 'abc', 'abc', 'aXc', 'aXc'],
    ['each changed its own paragraph', 'abc', 'Xbc', 'abY', 'XbY'],
    ['they changed neighbours', 'abc', 'aXc', 'abY', 'aXY'],
    ['one put in what the other edited after', 'abc', 'aNbc', 'aYc', 'aNYc'],
    ['one took out, the other added elsewhere', 'abcd', 'acd', 'abcdN', 'acdN'],
    ['both did the same', 'abc', 'aXc', 'aXc', 'aXc'],
  ])('are brought together where %s', (_, base, mine, theirs, merged) => {
    expect(mergesCleanly(merge(base, mine, theirs))).toBe(true);
    expect(text(base, mine, theirs)).toBe(merged);
  });

  it.each([
    ['both rewrote a paragraph', 'abc', 'aXc', 'aYc', 'aYXc'],
    ['one rewrote what the other took out', 'abc', 'aXc', 'ac', 'aXc'],
    ['both put something in at one place', 'ab', 'aXb', 'aYb', 'aYXb'],
  ])('are left to a person where %s, without losing a word', (_, base, mine, theirs, merged) => {
    expect(merge(base, mine, theirs).map(({ by }) => by)).toContain('clash');
    expect(text(base, mine, theirs)).toBe(merged);
  });

  const blocks = fc.array(fc.constantFrom(...'abcdefg'), { maxLength: 12 });

  it('are all there in the stretches', () => {
    fc.assert(
      fc.property(blocks, blocks, blocks, (base, mine, theirs) => {
        const stretches = mergeBlocks(base, mine, theirs);
        expect(stretches.flatMap((s) => s.base)).toEqual(base);
        expect(stretches.flatMap((s) => s.mine)).toEqual(mine);
        expect(stretches.flatMap((s) => s.theirs)).toEqual(theirs);
        for (const s of stretches.filter(({ by }) => by === 'nobody' || by === 'mine'))
          expect(s.theirs).toEqual(s.base);
        for (const s of stretches.filter(({ by }) => by === 'nobody' || by === 'theirs'))
          expect(s.mine).toEqual(s.base);
      }),
    );
  });

  it('lose nothing that either of them added', () => {
    fc.assert(
      fc.property(blocks, blocks, blocks, (base, mine, theirs) => {
        const merged = mergedBlocks(mergeBlocks(base, mine, theirs));
        for (const block of [...mine, ...theirs]) if (!base.includes(block)) expect(merged).toContain(block);
      }),
    );
  });
});
