import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyWord, edit, move, paragraphs, seeded, story, type Written } from '../../testing/versions.ts';
import { summarise } from './compare/apparatus.ts';
import { type Span, type Tokens, textOf, tokens } from './compare/tokens.ts';
import { type Comparison, compareWords, type Moved, rebuild } from './compare.ts';

/** What a person would be shown, one line a segment: ` same`, `-deleted`, `+inserted`, `<left`, `>arrived`. */
function told(a: string, b: string): string[] {
  const [from, to] = [tokens(a.split('\n')), tokens(b.split('\n'))];
  return compareWords(from, to).segments.map((segment) => {
    const was = textOf(from, segment.a);
    const is = textOf(to, segment.b);
    if (segment.kind === 'moved') return segment.end === 'from' ? `<${was}` : `>${is}`;
    const lines = { same: ` ${was}`, deleted: `-${was}`, inserted: `+${is}`, replaced: `-${was} +${is}` };
    return lines[segment.kind];
  });
}

function movedIn(comparison: Comparison): Moved[] {
  return comparison.segments.filter((segment) => segment.kind === 'moved');
}

/** Fails unless the segments go through both texts once, without gap. */
function expectWhole(a: Tokens, b: Tokens, { segments }: Comparison): void {
  const follow = (spans: readonly Span[], length: number): void => {
    let at = 0;
    for (const { from, to } of spans) {
      expect(from).toBe(at);
      expect(to).toBeGreaterThanOrEqual(from);
      at = to;
    }
    expect(at).toBe(length);
  };
  const at = (end: 'from' | 'to') =>
    segments.filter((segment) => segment.kind !== 'moved' || segment.end === end);
  follow(
    at('from').map((segment) => segment.a),
    a.words.length,
  );
  follow(
    at('to').map((segment) => segment.b),
    b.words.length,
  );
}

describe('what a person reads', () => {
  test('one word replaced is one word replaced', () => {
    expect(told('The old dog slept by the fire.', 'The old cat slept by the fire.')).toEqual([
      ' The old',
      '-dog +cat',
      ' slept by the fire.',
    ]);
  });

  test('a comma added is a comma added', () => {
    expect(told('At last he came home.', 'At last, he came home.')).toEqual([
      ' At last',
      '+,',
      ' he came home.',
    ]);
  });

  test('a word two changed phrases happen to share belongs to the change', () => {
    expect(
      told(
        'Then Anna walked slowly to the door and listened.',
        'Then Anna ran quickly to a door and listened.',
      ),
    ).toEqual([' Then Anna', '-walked slowly to the +ran quickly to a', ' door and listened.']);
  });

  test('a sentence left out is told as that sentence', () => {
    expect(told('She rose. The cat sat. The cat ran.', 'She rose. The cat ran.')).toEqual([
      ' She rose.',
      '-The cat sat.',
      ' The cat ran.',
    ]);
  });

  test('a paragraph divided is a break inserted', () => {
    const b = tokens(['One two three.', 'Four five six.']);
    const { segments } = compareWords(tokens(['One two three. Four five six.']), b);
    expect(segments.map(({ kind, b: { from, to } }) => [kind, b.words.slice(from, to).join(' ')])).toEqual([
      ['same', 'One two three .'],
      ['inserted', '\u2029'],
      ['same', 'Four five six .'],
    ]);
  });

  test('a moved sentence is named at both its places, and what was edited on the way lies inside', () => {
    const opening = 'The lamp was lit before the others came down to supper.';
    const edited = 'The lamp was lit before any of the others came down to supper.';
    const rest =
      'Nobody spoke of the letter. Rain fell all night, and by morning the yard was a lake with ducks on it.';
    expect(told(`${opening} ${rest}`, `${rest} ${edited}`)).toEqual([
      `<${opening}`,
      ` ${rest}`,
      `>${edited}`,
    ]);
    const [from, to] = movedIn(compareWords(tokens([`${opening} ${rest}`]), tokens([`${rest} ${edited}`])));
    expect(to).toEqual({ ...from, end: 'to' });
    expect(to?.inside.map((part) => part.kind)).toEqual(['same', 'inserted', 'same']);
  });

  test('words at the edge of a change stay the same when only a passage moved beside them', () => {
    const [lamp, yard] = [
      'The lamp was lit before the others came down.',
      'By morning there was a lake with',
    ];
    expect(
      told(
        `${lamp} Nobody spoke of the letter. ${yard} ducks on it.`,
        `Nobody spoke of the letter. ${yard} geese on it. ${lamp}`,
      ),
    ).toEqual([`<${lamp}`, ` Nobody spoke of the letter. ${yard}`, '-ducks +geese', ' on it.', `>${lamp}`]);
  });

  test('a short phrase used again elsewhere is not a move', () => {
    expect(
      told(
        'for the first time. He laughed at everything she said.',
        'He laughed at everything she said, for the first time.',
      ).join(),
    ).not.toMatch(/[<>]/);
  });

  test('spacing, quotes, dashes and composed letters are accidentals: no change, and kept', () => {
    const a = tokens(['"It is late" -- so said Zo\u00eb ...', 'Yes.']);
    const b = tokens(['  “It  is late” — so said Zoe\u0308 …', ' Yes. ']);
    const comparison = compareWords(a, b);
    expect(comparison.segments.map((segment) => segment.kind)).toEqual(['same']);
    expect(rebuild(a, comparison)).toEqual(b);
  });
});

describe('the simplest texts', () => {
  const text = tokens(['One two.', 'Three.']);

  test('a text compared with itself is one stretch', () => {
    expect(compareWords(text, text)).toMatchObject({
      segments: [{ kind: 'same' }],
      accidentals: [],
      complete: true,
    });
  });

  test('nothing compared with nothing is nothing', () => {
    expect(compareWords(tokens([]), tokens([]))).toMatchObject({ segments: [], accidentals: [] });
  });

  test('all is inserted into nothing, and all deleted to nothing', () => {
    const nothing = tokens([]);
    const inserted = compareWords(nothing, text);
    expect(inserted.segments.map((segment) => segment.kind)).toEqual(['inserted']);
    expect(rebuild(nothing, inserted)).toEqual(text);
    const deleted = compareWords(text, nothing);
    expect(deleted.segments.map((segment) => segment.kind)).toEqual(['deleted']);
    expect(rebuild(text, deleted)).toEqual(nothing);
  });

  test('a comparison of another text is refused', () => {
    expect(() => rebuild(tokens(['Else.']), compareWords(text, text))).toThrow(
      /model\/compare: .* 6 words, .* 2$/,
    );
  });
});

describe('any two texts', () => {
  const word = fc.constantFrom(
    'the',
    'cat',
    'sat',
    'and',
    'ran',
    ',',
    '.',
    '"x',
    '“x',
    'é',
    'e\u0301',
    '--',
    '—',
    ' ',
    '  ',
  );
  const anyText = fc.array(
    fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
    { maxLength: 5 },
  );

  test('B comes back exactly from A and the comparison, whatever the limit', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.option(fc.nat(2000)), (before, after, limit) => {
        const [a, b] = [tokens(before), tokens(after)];
        const comparison = compareWords(a, b, limit === null ? {} : { limit });
        expectWhole(a, b, comparison);
        expect(rebuild(a, comparison)).toEqual(b);
        expect(comparison.work).toBeLessThanOrEqual(limit ?? Number.POSITIVE_INFINITY);
      }),
      { numRuns: 400 },
    );
  });

  test('the words called the same are the same', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const [a, b] = [tokens(before.map(plain)), tokens(after.map(plain))];
        const same = compareWords(a, b).segments.flatMap((segment) =>
          segment.kind === 'moved' ? segment.inside : [segment],
        );
        for (const part of same.filter(({ kind }) => kind === 'same')) {
          expect(b.words.slice(part.b.from, part.b.to)).toEqual(a.words.slice(part.a.from, part.a.to));
        }
      }),
    );
  });
});

/** Only words whose sameness is sameness of letters. */
function plain(text: string): string {
  return text.replace(/[^a-z ]/g, '');
}

interface Planted {
  readonly before: readonly Written[];
  readonly after: readonly Written[];
  readonly passages: readonly (readonly Written[])[];
}

/** A story, some of its passages moved, and up to a tenth of the words around them edited. */
function planted(seed: number): Planted {
  const random = seeded(seed);
  const before = story(random, 400 + Math.floor(random() * 2000));
  const { after, passages } = move(random, before, 1 + Math.floor(random() * 5));
  const kept = new Set(passages.flat());
  const share = random() / 10;
  const edited: Written[] = [];
  let around: Written[] = [];
  for (const written of after) {
    if (!kept.has(written)) around.push(written);
    else {
      edited.push(...edit(random, around, share), written);
      around = [];
    }
  }
  return { before, after: [...edited, ...edit(random, around, share)], passages };
}

describe('versions made by a script of edits and moves', () => {
  test('are rebuilt exactly, both ways, with about as many words in common either way', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { before, after } = planted(seed);
        const [a, b] = [tokens(paragraphs(before)), tokens(paragraphs(after))];
        const [there, back] = [compareWords(a, b), compareWords(b, a)];
        expectWhole(a, b, there);
        expect(rebuild(a, there)).toEqual(b);
        expect(rebuild(b, back)).toEqual(a);
        const [one, other] = [summarise(a, b, there), summarise(b, a, back)];
        expect(one.words).toEqual({ a: other.words.b, b: other.words.a });
        expect(Math.abs(one.common - other.common)).toBeLessThan(0.02 * one.words.a);
      }),
      { numRuns: 40 },
    );
  });

  test('have at least 95 % of the moved passages named, with the right words at both places, and hardly any other', () => {
    let [all, named, claimed] = [0, 0, 0];
    for (let seed = 1; seed <= 80; seed++) {
      const { before, after, passages } = planted(seed);
      const [a, b] = [tokens(paragraphs(before)), tokens(paragraphs(after))];
      const moves = movedIn(compareWords(a, b)).filter(({ end }) => end === 'to');
      const [inA, inB] = [placesOf(before, a), placesOf(after, b)];
      all += passages.length;
      claimed += moves.length;
      named += passages.filter((passage) =>
        moves.some((moved) => covers(moved.a, passage, inA) && covers(moved.b, passage, inB)),
      ).length;
    }
    expect(all).toBeGreaterThan(150);
    expect(named / all).toBeGreaterThanOrEqual(0.95);
    expect(claimed - named).toBeLessThanOrEqual(0.05 * all);
  });
});

/** Where in the tokens each written word begins, found through the place in the text. */
function placesOf(written: readonly Written[], { text, starts }: Tokens): Map<Written, number> {
  const byStart = new Map([...starts].map((start, index) => [start, index]));
  const places = new Map<Written, number>();
  let at = 0;
  for (const one of written) {
    at = text.indexOf(one.word, at);
    places.set(one, byStart.get(at) ?? -1);
    at += one.word.length;
  }
  return places;
}

/** All the passage but a tenth (a word at its edge may fit the neighbourhood as well), and no more than a tenth beyond it. */
function covers(span: Span, passage: readonly Written[], places: ReadonlyMap<Written, number>): boolean {
  const at = passage.map((written) => places.get(written) ?? -1);
  const inside = at.filter((place) => place >= span.from && place < span.to).length;
  const slack = Math.max(1, passage.length / 10);
  const [first, last] = [at[0] ?? 0, at.at(-1) ?? 0];
  return (
    inside >= passage.length - slack && span.from >= first - 2 * slack && span.to <= last + 2 + 2 * slack
  );
}

describe('texts made to be hard', () => {
  const LENGTH = 100_000;
  const random = seeded(7);
  const numbered = (letter: string): string[] => Array.from({ length: LENGTH }, (_, i) => letter + i);
  const drawn = (draw: () => string): string[] => Array.from({ length: LENGTH }, draw);
  const prose = drawn(() => anyWord(random));
  const cases: Record<string, readonly [readonly string[], readonly string[]]> = {
    'one word over and over': [drawn(() => 'x'), drawn(() => 'x').slice(LENGTH / 3)],
    'two words at random': [
      drawn(() => (random() < 0.5 ? 'x' : 'y')),
      drawn(() => (random() < 0.5 ? 'x' : 'y')),
    ],
    'hardly a word in common': [
      drawn(() => (random() < 0.05 ? 'x' : 'y')),
      drawn(() => (random() < 0.95 ? 'x' : 'y')),
    ],
    'no word in common': [numbered('a'), numbered('b')],
    'prose reversed': [prose, prose.toReversed()],
    'unique words reversed': [numbered('a'), numbered('a').toReversed()],
    'prose in the order of the alphabet': [prose, prose.toSorted()],
    'every word twice, reversed': [
      prose.map((_, i) => `p${i >> 1}`),
      prose.map((_, i) => `p${(LENGTH - 1 - i) >> 1}`),
    ],
    'short rounds of different steps': [
      prose.map((_, i) => `q${i % 97}`),
      prose.map((_, i) => `q${(i * 3 + Math.floor(i / 97)) % 97}`),
    ],
    'ten thousand passages shuffled': [
      numbered('a'),
      prose.map((_, i) => `a${((Math.floor(i / 10) * 7919) % (LENGTH / 10)) * 10 + (i % 10)}`),
    ],
  };

  test.each(Object.entries(cases))(
    '%s: the work stays within the limit and B comes back',
    (_, [before, after]) => {
      const [a, b] = [tokens([before.join(' ')]), tokens([after.join(' ')])];
      const limit = 1_500_000;
      const comparison = compareWords(a, b, { limit });
      expect(comparison.work).toBeLessThanOrEqual(limit);
      expect(rebuild(a, comparison).text === b.text).toBe(true);
    },
  );

  test('a text whose passages were shuffled is told as moves, with the work of a few readings', () => {
    const before = numbered('a');
    const after = [...before.slice(LENGTH / 2), ...before.slice(0, LENGTH / 2)];
    const comparison = compareWords(tokens([before.join(' ')]), tokens([after.join(' ')]));
    expect(comparison.segments.map((segment) => segment.kind)).toEqual(['moved', 'same', 'moved']);
    expect(comparison.work).toBeLessThan(5 * LENGTH);
  });

  test('a stretch past the limit is given as replaced, and the comparison says it is not complete', () => {
    const a = tokens(['start x y y x y x x y y y x x x y x y y end'.repeat(40)]);
    const b = tokens(['start y y y x x x y x y x x y y x y x y end'.repeat(40)]);
    const comparison = compareWords(a, b, { limit: 3000 });
    expect(comparison.complete).toBe(false);
    expect(comparison.segments.some((segment) => segment.kind === 'replaced')).toBe(true);
    expect(compareWords(a, b).complete).toBe(true);
  });
});
