import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Anchor, anchorAt, anchorsOf, findAnchor, placesIn } from './anchor.ts';

const story =
  'The bell of the chapel stopped at noon, and in the quiet he drew breath slowly, and it hurt him, as the first breath of the morning always did. He looked for the helmet and found only its shadow on the wall. Light lay on the sill; below, somebody laughed in the courtyard, and laughed again.';

/** Points at the nth time the words stand in a text. */
function pointAt(text: string, words: string, nth = 1) {
  let from = -1;
  for (let i = 0; i < nth; i++) from = text.indexOf(words, from + 1);
  return anchorAt(text, from, from + words.length);
}

describe('an anchor', () => {
  it('keeps the words, what stands around them, and where they stand', () => {
    expect(pointAt('One lamp, two lamps.', 'two')).toEqual({
      quote: 'two',
      prefix: 'One lamp, ',
      suffix: ' lamps.',
      position: 10,
      once: true,
    });
    expect(pointAt('One lamp, two lamps.', 'lamp').once).toBe(false);
  });

  it('finds its words after edits before, after and beside them', () => {
    const anchor = pointAt(story, 'slowly, and it hurt him,');
    for (const edited of [
      story,
      `A long morning came first. ${story}`,
      story.slice(20),
      story.replace('drew breath', 'breathed').replace('as the first', 'like every'),
      story.replaceAll('the', 'that'),
      story.slice(0, 120),
    ]) {
      const place = findAnchor(anchor, edited);
      expect(place?.exact, edited).toBe(true);
      expect(edited.slice(place?.from, place?.to)).toBe('slowly, and it hurt him,');
    }
  });

  it('tells the same words in several places apart by what stands around them', () => {
    const second = pointAt(story, 'laughed', 2);
    const moved = `He laughed. ${story.replace('again', 'once more')}`;
    expect(findAnchor(second, moved)?.from).toBe(moved.lastIndexOf('laughed'));
    const first = pointAt(story, 'laughed', 1);
    expect(findAnchor(first, moved)?.from).toBe(moved.indexOf('laughed in'));
  });

  it('takes the nearest where nothing else tells them apart', () => {
    const refrain = 'Row, row. '.repeat(40);
    for (const nth of [3, 20, 38]) {
      const anchor = pointAt(refrain, 'row', nth);
      expect(findAnchor(anchor, refrain)?.from).toBe(anchor.position);
    }
  });

  it('is not fooled by the shape of quotes and spaces', () => {
    const anchor = pointAt('She said “don’t you dare” and left the room.', '“don’t you dare”');
    expect(findAnchor(anchor, 'Then she said "don\'t\u00a0you dare" and left the room.')).toEqual({
      from: 14,
      to: 30,
      exact: true,
    });
  });

  it('finds words that were edited within, and says that they were', () => {
    const anchor = pointAt(story, 'found only its shadow on the wall');
    const edited = story.replace('only its shadow', 'just its shadow');
    const place = findAnchor(anchor, edited);
    expect(place?.exact).toBe(false);
    expect(edited.slice(place?.from, place?.to)).toBe('found just its shadow on the wall');
    expect(placesIn(edited).findExact(anchor)).toBeUndefined();
    const whole = pointAt(`Before. ${story} After that nobody came.`, story);
    const place2 = findAnchor(whole, `Before. ${story.replace('quiet', 'hush')} After that nobody came.`);
    expect(place2).toEqual({ from: 8, to: 8 + story.length - 1, exact: false });
  });

  it('is detached when its words are gone, though the same words stand elsewhere', () => {
    const text = `${story} In another town, on another day, nobody at all laughed when the ferry came in.`;
    const anchor = pointAt(text, 'laughed', 2);
    const gone = text.replace(', and laughed again', '').replace('laughed in', 'shouted in');
    expect(findAnchor(anchor, gone)).toBeUndefined();
    expect(Math.abs(placesIn(gone).near(anchor) - gone.indexOf('In another town'))).toBeLessThan(10);
  });

  it('follows words that stood nowhere else to wherever they were moved', () => {
    const anchor = pointAt(story, 'He looked for the helmet');
    const moved = `He looked for the helmet. Nothing of what was written before is left here but that.`;
    expect(findAnchor(anchor, moved)).toEqual({ from: 0, to: 24, exact: true });
    expect(findAnchor(pointAt(story, 'helmet'), 'A helmet, and nothing else of it.')).toBeUndefined();
  });

  it('points at a place without words by what stands around it', () => {
    const at = story.indexOf('He looked');
    const anchor = anchorAt(story, at, at);
    const edited = `Again. ${story.replace('always', 'ever')}`;
    expect(findAnchor(anchor, edited)?.from).toBe(edited.indexOf('He looked'));
    expect(findAnchor(anchorAt('', 0, 0), '')).toEqual({ from: 0, to: 0, exact: true });
    expect(findAnchor(anchorAt('', 0, 0), 'Words.')).toBeUndefined();
  });
});

it('points at words that someone typed, wherever they stand', () => {
  expect(anchorsOf(story, ' laughed ').map((a) => a.position)).toEqual([
    story.indexOf('laughed'),
    story.lastIndexOf('laughed'),
  ]);
  expect(anchorsOf('She said “don’t”.', '"don\'t"')).toEqual([anchorAt('She said “don’t”.', 9, 16)]);
  expect(anchorsOf(story, 'wept')).toEqual([]);
  expect(anchorsOf(story, ' ')).toEqual([]);
});

const word = fc
  .tuple(
    fc.constantFrom('la', 'ro', 'mi', 'ste', 'qua', 'fo', 'the', 'ka', 'bru', 'ne'),
    fc.constantFrom('mp', 'nd', 'st', 'r', 'll', 'g', 'ck', 'th', 'v', 's'),
    fc.constantFrom('', 'e', 'ing', 'ed', 'er', 'ly', 'y', 'al', 'ess', ','),
  )
  .map((parts) => parts.join(''));
const words = (minLength: number, maxLength: number) => fc.array(word, { minLength, maxLength });
/** Words before, words pointed at, words after; and other words. */
const sample = fc.record({
  before: words(30, 60),
  quote: words(1, 8),
  after: words(30, 60),
  far: words(0, 200),
  near: words(0, 3),
  beside: words(0, 3),
});
const joined = (...parts: readonly (readonly string[])[]): string => parts.flat().join(' ');
const runs = { numRuns: 400 };

describe('any anchor', () => {
  const pointed = ({ before, quote, after }: { before: string[]; quote: string[]; after: string[] }) => {
    const text = joined(before, quote, after);
    const from = joined(before).length + 1;
    return anchorAt(text, from, from + joined(quote).length);
  };

  it('is neither moved nor detached by edits elsewhere, however far or near', () => {
    fc.assert(
      fc.property(sample, fc.nat(3), fc.nat(3), (s, cut, gone) => {
        const anchor = pointed(s);
        // Far away: text put in front, text taken from the end. Beside it: words replaced on either side.
        const before = [...s.far, ...s.before.slice(5, s.before.length - cut), ...s.near];
        const after = [...s.beside, ...s.after.slice(gone, 28)];
        const edited = joined(before, s.quote, after);
        const from = joined(before).length + 1;
        expect(findAnchor(anchor, edited)).toEqual({ from, to: from + anchor.quote.length, exact: true });
      }),
      runs,
    );
  });

  it('is detached by an edit that takes its words away', () => {
    fc.assert(
      fc.property(sample, (s) => {
        // In capitals, so that nothing around is like them by chance.
        const anchor = pointed({ ...s, quote: s.quote.map((w) => w.toUpperCase()) });
        expect(findAnchor(anchor, joined(s.before, s.near, s.after))).toBeUndefined();
      }),
      runs,
    );
  });

  it('finds itself in its own text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.nat(300), fc.nat(30), (text, at, length) => {
        const from = Math.min(at, text.length);
        const to = Math.min(from + length, text.length);
        expect(findAnchor(anchorAt(text, from, to), text)).toEqual({ from, to, exact: true });
      }),
      runs,
    );
  });
});

it('finds in a text of a hundred thousand words what is there, and what is not, in a moment', () => {
  const sentences = Array.from(
    { length: 10_000 },
    (_, i) => `The lamp number ${i} was lit by the keeper there.`,
  );
  const text = sentences.join(' ');
  const anchor = pointAt(text, 'keeper', 7_000);
  const places = placesIn(`New first words. ${text.replace(/number 6999\b/, 'of the year')}`);
  const began = performance.now();
  for (let i = 0; i < 10; i++) {
    expect(places.findExact(anchor)?.exact).toBe(true);
    places.find({ ...anchor, quote: 'a quotation that nobody ever wrote in this text', once: true });
  }
  expect((performance.now() - began) / 20).toBeLessThan(1_000);
});

describe('in a text that repeats itself without end', () => {
  const lamps = 'lamp '.repeat(100_000);
  const moved = `First words. ${lamps}`;
  /** What stood farther off on both sides was changed, so that no place has all of it. */
  const changed = (anchor: Anchor): Anchor => ({
    ...anchor,
    prefix: `at the door ${anchor.prefix.slice(12)}`,
    suffix: `${anchor.suffix.slice(0, 52)}at the door `,
  });

  it('takes the place nearest to where the words stood, of a hundred thousand like it', () => {
    for (const at of [300, 250_000, 499_000]) {
      const anchor = anchorAt(lamps, at, at + 4);
      // The text was put off by thirteen: the next word is nearer by two than the same.
      expect(placesIn(moved).find(anchor)?.from, String(at)).toBe(at - 2);
      expect(placesIn(moved).findExact(changed(anchor))?.from, String(at)).toBe(at - 2);
    }
  });

  it('finds the words by what stands beside them, far from their place and beyond all that are like them', () => {
    const telling = 'A keeper of the harbour took one lamp and went to the sea wall with it.';
    const text = lamps + telling;
    const at = lamps.length + telling.indexOf('lamp');
    const anchor = { ...anchorAt(text, at, at + 4), position: 20 };
    expect(placesIn(text).find(anchor)?.from).toBe(at);
    // With words put in and taken out close beside them.
    const edited = lamps + telling.replace('took one lamp', 'took the old lamp').replace('sea wall', 'wall');
    expect(placesIn(edited).find(anchor)?.from).toBe(edited.lastIndexOf('lamp'));
  });

  it('finds words as long as a book in seconds', { timeout: 10_000 }, () => {
    const letters = 'a'.repeat(300_000);
    const quote = 'a'.repeat(100_000);
    for (let i = 0; i < 20; i++) {
      const anchor = { ...anchorAt(letters, 100_000 + i, 200_000 + i), prefix: `b${'a'.repeat(63)}` };
      expect(placesIn(letters).findExact(anchor)?.from).toBe(anchor.position);
      expect(placesIn(letters).findExact({ ...anchor, quote: `${quote}b` })).toBeUndefined();
      expect(placesIn(letters).findExact({ ...anchor, quote: `b${quote}` })).toBeUndefined();
    }
  });

  it('finds hundreds of anchors in seconds, though none stands as it did', { timeout: 10_000 }, () => {
    for (const text of [moved, 'a'.repeat(300_000)]) {
      const places = placesIn(text);
      for (let i = 0; i < 50; i++) {
        const anchor = changed(anchorAt(lamps, 1_000 + i * 2_000, 1_004 + i * 2_000));
        expect(places.findExact(anchor)?.exact).toBe(text === moved ? true : undefined);
        const letters = 'a'.repeat(64);
        const other = {
          quote: letters,
          prefix: `b${letters}`,
          suffix: `${letters}b`,
          position: i,
          once: false,
        };
        expect(places.findExact(other)?.exact).toBe(text === moved ? undefined : true);
        expect(places.find({ ...anchor, quote: 'lampslampslamps' })?.exact).not.toBe(true);
        places.near({ ...anchor, quote: 'lampslampslamps' });
      }
    }
  });
});
