import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Invalid } from '../errors.ts';
import { htmlOfText } from '../html.ts';
import { anyAct, carryOut } from '../testing/edits.ts';
import { choice, dividesAfter, passage, story } from '../testing/stories.ts';
import {
  addBranch,
  addChoice,
  addEnding,
  addPassage,
  changeChoice,
  divideHere,
  flagsOf,
  joinPassages,
  labelBranch,
  markEnding,
  moveChoice,
  movePassage,
  orderBranches,
  rejoin,
  removeBranch,
  removeChoice,
  removePassage,
  renamePassage,
  setFlags,
  splitPassage,
  tagPassage,
  writeAnotherWay,
  writePassage,
} from './edit.ts';
import { StoryGraph } from './graph/graph.ts';
import type { Story } from './state.ts';
import { countWords } from './text/words.ts';
import { checkStory } from './validate.ts';

type Clean = ReturnType<typeof story>;

const words = (text: string) => ({ html: htmlOfText(text), words: countWords(text) });
const cut = (before: string, after: string) => ({ before: words(before), after: words(after) });
const linear = (): Clean =>
  story([
    passage('p1', 'The lamp was out.'),
    passage('p2', 'She lit it.'),
    passage('p3', 'The ferry came.', { ending: true }),
  ]);
const forked = (): Clean =>
  story(
    [
      passage('p1', 'The lamp was out.'),
      passage('p2', 'She stayed.', { ending: true }),
      passage('p3', 'She left.', { ending: true }),
    ],
    { variantSets: [dividesAfter('p1', 'p2', 'p3')] },
  );
const texts = (s: Story): string[] => s.passages.map((p) => p.html);
const ways = (s: Story, key: string): string[] =>
  new StoryGraph(s).followers(key).map((to) => s.passages.find((p) => p.key === to)?.html ?? '');

describe('dividing', () => {
  it('makes the rest of a passage branch A and an empty ending branch B', () => {
    const divided = divideHere(linear(), 'p2', cut('She', 'lit it.'), {
      first: 'The light',
      other: 'The dark',
    });
    expect(divided.variantSets).toMatchObject([
      {
        place: 'p2',
        branches: [
          { siglum: 'A', label: 'The light' },
          { siglum: 'B', label: 'The dark' },
        ],
      },
    ]);
    expect(ways(divided, 'p2')).toEqual([htmlOfText('lit it.'), '']);
    const [head] = divided.variantSets[0]?.branches ?? [];
    expect(ways(divided, head?.head ?? '')).toEqual([htmlOfText('The ferry came.')]);
    expect(divided.passages.at(-1)).toMatchObject({ html: '', words: 0, ending: true });
    expect(new StoryGraph(divided).unreachable()).toEqual([]);
  });

  it('takes along the ways, the fork and the ending that stood after the words', () => {
    const again = divideHere(forked(), 'p1', cut('The lamp', 'was out.'));
    expect(again.variantSets.map((s) => s.branches.length)).toEqual([2, 2]);
    expect(new StoryGraph(again).unreachable()).toEqual([]);
    const last = divideHere(linear(), 'p3', cut('The ferry', 'came.'));
    expect(last.passages.filter((p) => p.ending).map((p) => p.html)).toEqual([htmlOfText('came.'), '']);
  });

  it('says why it cannot divide where nothing stands on one side', () => {
    expect(() =>
      divideHere(linear(), 'p1', { before: words('x'), after: { html: htmlOfText(''), words: 0 } }),
    ).toThrow(/nothing stands after this place/);
    expect(() => divideHere(linear(), 'p9', cut('a', 'b'))).toThrow(/no passage "p9"/);
    expect(() => divideHere(linear(), 'p1', cut('a', 'b'), { first: ' ' })).toThrow(Invalid);
  });

  it('adds another ending beside one, in a set of its own or in the one that is there', () => {
    const two = addEnding(linear(), 'p3', { label: 'Alternate ending', text: words('It never came.') });
    expect(two.variantSets[0]?.branches.map((b) => b.label)).toEqual(['Ending', 'Alternate ending']);
    expect(ways(two, 'p2')).toEqual([htmlOfText('The ferry came.'), htmlOfText('It never came.')]);
    const three = addEnding(two, 'p3', { label: 'A third' });
    expect(three.variantSets[0]?.branches.map((b) => b.siglum)).toEqual(['A', 'B', 'C']);
    expect(three.passages.filter((p) => p.ending)).toHaveLength(3);
    expect(() => addEnding(story([passage('p1', 'x', { ending: true })]), 'p1')).toThrow(/divide the story/);
  });

  it('writes a scene another way that goes on where the scene goes on', () => {
    const both = writeAnotherWay(linear(), 'p2', { text: words('She let it be.') });
    expect(ways(both, 'p1')).toEqual([htmlOfText('She lit it.'), htmlOfText('She let it be.')]);
    for (const { head } of both.variantSets[0]?.branches ?? [])
      expect(ways(both, head)).toEqual([htmlOfText('The ferry came.')]);
    expect(new StoryGraph(both).branchesOf('p3')).toEqual([]);
    expect(() => writeAnotherWay(forked(), 'p1')).toThrow(/divides right after/);
  });

  it('puts a branch where no way by order runs through it', () => {
    const mid = story([passage('p1', 'a'), passage('p2', 'b'), passage('p3', 'c'), passage('p4', 'd')], {
      variantSets: [dividesAfter('p1', 'p2', 'p3')],
    });
    const more = addBranch(mid, 'p1', { label: 'Third' });
    for (const key of ['p2', 'p3', 'p4']) expect(ways(more, key)).toEqual(ways(mid, key));
  });

  it('removes a branch with what only it leads to, and the set when one is left', () => {
    const left = removeBranch(forked(), 'p1', 'A');
    expect(texts(left)).toEqual([htmlOfText('The lamp was out.'), htmlOfText('She left.')]);
    expect(left.variantSets).toEqual([]);
    expect(ways(left, 'p1')).toEqual([htmlOfText('She left.')]);
    const meeting = rejoin(writeAnotherWay(linear(), 'p2'), 'p2', 'p1');
    expect(texts(removeBranch(meeting, 'p1', 'B'))).toEqual(texts(linear()));
    expect(() => removeBranch(forked(), 'p1', 'C')).toThrow(/no version "C"/);
  });

  it('labels and orders branches', () => {
    const named = labelBranch(forked(), 'p1', 'B', 'She leaves');
    const turned = orderBranches(named, 'p1', ['B', 'A']);
    expect(turned.variantSets[0]?.branches).toEqual([
      { siglum: 'A', label: 'She leaves', head: 'p3' },
      { siglum: 'B', label: 'Ending p2', head: 'p2' },
    ]);
    expect(() => orderBranches(named, 'p1', ['B', 'B'])).toThrow(/each branch once/);
  });
});

describe('choices', () => {
  it('keep the way that was there by order', () => {
    const chosen = addChoice(linear(), { from: 'p1', to: 'p3', label: ' Wait  for the ferry ' });
    expect(chosen.choices.map((c) => [c.label, c.to])).toEqual([
      ['Go on', 'p2'],
      ['Wait for the ferry', 'p3'],
    ]);
    expect(moveChoice(chosen, 1, -1).choices.map((c) => c.to)).toEqual(['p3', 'p2']);
    expect(moveChoice(chosen, 0, -1)).toEqual(chosen);
    expect(changeChoice(chosen, 1, { to: 'p2', label: 'Light it' }).choices[1]).toMatchObject({ to: 'p2' });
    expect(removeChoice(chosen, 0).choices).toHaveLength(1);
    expect(() => removeChoice(chosen, 7)).toThrow(/no such choice/);
    expect(() => addChoice(chosen, { from: 'p1', to: 'p3', label: 'Wait for the ferry' })).toThrow(/already/);
    expect(() => addChoice(forked(), { from: 'p1', to: 'p3', label: 'x' })).toThrow(/divides/);
    expect(() => addChoice(linear(), { from: 'p1', to: 'p3', label: ' ' })).toThrow(/needs words/);
  });

  it('let a branch meet the story again', () => {
    const met = rejoin(forked(), 'p3', 'p2');
    expect(ways(met, 'p3')).toEqual([htmlOfText('She stayed.')]);
    expect(met.passages[2]?.ending).toBe(false);
  });

  it('ask for flags that passages set', () => {
    const flagged = setFlags(linear(), 'p2', { sets: ['lamp lit'], unsets: ['dark'] });
    const asked = addChoice(flagged, {
      from: 'p2',
      to: 'p1',
      label: 'Back',
      showIf: [{ kind: 'flag', flag: 'boat', holds: false }],
    });
    expect(flagsOf(asked)).toEqual(['boat', 'dark', 'lamp lit']);
    expect(() => setFlags(linear(), 'p2', { sets: ['a'], unsets: ['a'] })).toThrow(/both set and unset/);
    expect(() => setFlags(linear(), 'p2', { sets: ['a{b}'], unsets: [] })).toThrow(/no name for a flag/);
  });
});

describe('passages', () => {
  it('are split and joined again into the same story', () => {
    const parted = splitPassage(forked(), 'p1', cut('The lamp', 'was out.'));
    const rest = parted.passages[1]?.key ?? '';
    expect(parted.variantSets[0]?.place).toBe(rest);
    expect(joinPassages(parted, 'p1', rest, words('The lamp was out.'))).toEqual(forked());
    expect(() => joinPassages(linear(), 'p1', 'p3', words('x'))).toThrow(
      /leads to the second and nowhere else/,
    );
    const twice = addChoice(linear(), { from: 'p1', to: 'p3', label: 'x' });
    expect(() => joinPassages(twice, 'p2', 'p3', words('x'))).toThrow(/other passages lead/);
  });

  it('are written, put in, moved, named, tagged and marked', () => {
    expect(writePassage(linear(), 'p1', words('Dark.')).passages[0]).toMatchObject({ words: 1 });
    const more = addPassage(linear(), 'p1', { title: 'Between' });
    expect(more.passages.map((p) => p.title)).toEqual([null, 'Between', null, null]);
    expect(ways(more, 'p1')).toEqual(['']);
    expect(movePassage(linear(), 'p3', 'p2').passages.map((p) => p.key)).toEqual(['p1', 'p3', 'p2']);
    expect(movePassage(linear(), 'p1', null).passages.map((p) => p.key)).toEqual(['p2', 'p3', 'p1']);
    expect(renamePassage(linear(), 'p1', '  Dusk ').passages[0]?.title).toBe('Dusk');
    expect(renamePassage(linear(), 'p1', ' ').passages[0]?.title).toBeNull();
    expect(tagPassage(linear(), 'p1', ['night', ' night', '']).passages[0]?.tags).toEqual(['night']);
    expect(markEnding(linear(), 'p2', true).passages[1]?.ending).toBe(true);
    expect(() => markEnding(forked(), 'p1', true)).toThrow(/cannot end here/);
  });

  it('leave the ways around them whole when they are taken out', () => {
    expect(ways(removePassage(linear(), 'p2'), 'p1')).toEqual([htmlOfText('The ferry came.')]);
    const chosen = addChoice(linear(), { from: 'p3', to: 'p2', label: 'Again' });
    expect(ways(removePassage(chosen, 'p2'), 'p3')).toEqual([]);
    const early = story([passage('p0', 'Dusk.'), ...forked().passages], {
      variantSets: forked().variantSets,
    });
    expect(removePassage(early, 'p1').variantSets[0]?.place).toBe('p0');
    expect(() => removePassage(forked(), 'p1')).toThrow(/remove its branches first/);
    expect(() => removePassage(story([passage('p1', 'x')]), 'p1')).toThrow(/at least one passage/);
  });

  it('never let a way open where there was none', () => {
    const open = story(
      [passage('p1', 'a'), passage('p2', 'b'), passage('p3', 'c'), passage('p4', 'd', { ending: true })],
      { choices: [choice('p3', 'p4', 'd')], variantSets: [dividesAfter('p1', 'p2', 'p3')] },
    );
    const left = removePassage(open, 'p3');
    expect(ways(left, 'p2')).toEqual([]);
    expect(left.passages.map((p) => p.ending)).toEqual([false, true, true]);
  });
});

const takesAway = new Set([19, 20, 21]);
/** How often each letter stands in the texts, joined or parted. */
const letters = (s: Clean): string => texts(s).join('').split('').sort().join('');

describe('any sequence of operations', () => {
  it('keeps the graph sound and every text that was not taken out', () => {
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 30 }), (acts) => {
        let s = linear();
        for (const next of acts) {
          const frozen = JSON.stringify(s);
          const before = letters(s);
          const old: Clean = s;
          s = carryOut(s, next);
          expect(JSON.stringify(old)).toBe(frozen);
          checkStory(s, '');
          expect(s.passages.length).toBeGreaterThan(0);
          if (!takesAway.has(next.what)) expect(letters(s)).toBe(before);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves every passage readers came to within their reach, as long as no way is taken out or turned', () => {
    const turning = new Set([7, 8, 13, 15, 19, 20]);
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 20 }), (acts) => {
        let s = linear();
        for (const next of acts.filter((a) => !turning.has(a.what))) {
          const reached = new Set(s.passages.map((p) => p.key));
          for (const key of new StoryGraph(s).unreachable()) reached.delete(key);
          s = carryOut(s, next);
          const lost = new StoryGraph(s).unreachable().filter((key) => reached.has(key));
          expect(lost).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
