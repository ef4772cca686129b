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

  it('lose nothing that either of them has, but what the other took out of what was left as it was', () => {
    fc.assert(
      fc.property(blocks, blocks, blocks, (base, mine, theirs) => {
        for (const stretch of mergeBlocks(base, mine, theirs)) {
          const merged = mergedBlocks([stretch]);
          const kept = stretch.by === 'clash' ? [stretch.mine, stretch.theirs] : [];
          if (stretch.by === 'mine' || stretch.by === 'both') kept.push(stretch.mine);
          if (stretch.by === 'theirs' || stretch.by === 'nobody') kept.push(stretch.theirs);
          for (const block of new Set(kept.flat()))
            expect(timesOf(block, merged)).toBe(Math.max(...kept.map((side) => timesOf(block, side))));
        }
      }),
    );
  });

  it('say of every block that both changed otherwise that they clash', () => {
    const changed = fc.array(fc.constantFrom('mine', 'theirs', 'both', 'clash', 'kept'), { maxLength: 12 });
    fc.assert(
      fc.property(changed, (who) => {
        const as = (side: 'mine' | 'theirs') =>
          who.map((by, i) => {
            if (by === 'both') return `both ${i}`;
            return by === side || by === 'clash' ? `${side} ${i}` : `base ${i}`;
          });
        const base = who.map((_, i) => `base ${i}`);
        const stretches = mergeBlocks(base, as('mine'), as('theirs'));
        const clashing = stretches.filter(({ by }) => by === 'clash').flatMap((s) => s.base);
        for (const [i, by] of who.entries()) if (by === 'clash') expect(clashing).toContain(`base ${i}`);
        const merged = mergedBlocks(stretches);
        for (const block of [...as('mine'), ...as('theirs')])
          if (!block.startsWith('base')) expect(merged).toContain(block);
      }),
    );
  });
});

function timesOf(block: string, blocks: readonly string[]): number {
  return blocks.filter((other) => other === block).length;
}

describe('texts of a hundred thousand paragraphs', () => {
  const many = 100_000;
  const of = (name: (i: number) => string, length = many) => Array.from({ length }, (_, i) => name(i));
  const base = of((i) => `base ${i}`);
  it.each<[string, string[], string[], string[]]>([
    ['both written anew', base, of((i) => `mine ${i}`), of((i) => `theirs ${i}`)],
    ['begun with nothing', [], of((i) => `mine ${i}`), of((i) => `theirs ${i}`)],
    [
      'each written anew in every other paragraph',
      base,
      of((i) => (i % 2 ? `mine ${i}` : `base ${i}`)),
      of((i) => (i % 2 ? `base ${i}` : `theirs ${i}`)),
    ],
    ['turned about', base, base.toReversed(), base.toSpliced(50_000, 1, 'theirs')],
    ['of one line', of(() => 'x'), of(() => 'x', many + 5), of(() => 'x', many - 5)],
    [
      'of two lines',
      of((i) => `${(i * i * 7919) % 3 > 0}`),
      of((i) => `${(i * i) % 5 > 1}`),
      of((i) => `${(i * 31) % 7 > 2}`),
    ],
  ])('are brought together in seconds: %s', (_, began, mine, theirs) => {
    const before = process.cpuUsage();
    const stretches = mergeBlocks(began, mine, theirs);
    const merged = mergedBlocks(stretches);
    // Paragraph against paragraph it would be ten thousand million looks.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(6_000);
    expect(stretches.flatMap((s) => s.mine)).toEqual(mine);
    expect(stretches.flatMap((s) => s.theirs)).toEqual(theirs);
    const there = new Set(merged);
    const known = new Set(began);
    expect([...mine, ...theirs].filter((block) => !known.has(block) && !there.has(block))).toEqual([]);
  });
});
