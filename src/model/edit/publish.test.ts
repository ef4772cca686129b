import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CleanHtml } from '../../html.ts';
import { anyAct, carryOut } from '../../testing/edits.ts';
import { choice, dividesAfter, passage, story } from '../../testing/stories.ts';
import { StoryGraph } from '../graph/graph.ts';
import type { Story } from '../state.ts';
import { checkStory } from '../validate.ts';
import { publishedPart, waitingPassages } from './publish.ts';

const [one, two] = [passage('p1', 'The tide was out.'), passage('p2', 'They walked home.', { ending: true })];
const shown = story([one, two]);

describe('what readers do not see yet', () => {
  it('is said passage by passage', () => {
    const written = story([{ ...one, title: 'Low water' }, passage('p3', 'New.', { title: 'Three' })]);
    expect(waitingPassages(shown, written)).toEqual([
      { key: 'p1', title: 'Low water', change: 'changed' },
      { key: 'p3', title: 'Three', change: 'new' },
      { key: 'p2', title: null, change: 'taken out' },
    ]);
    expect(waitingPassages(shown, shown)).toEqual([]);
  });
});

describe('a part that is published', () => {
  it('has the chosen passages as they are written, and the others as readers know them', () => {
    const written = story([
      passage('p1', 'The tide was in.'),
      { ...two, ending: false },
      passage('p3', 'And on.'),
    ]);
    const part = publishedPart(shown, written, ['p3']);
    expect(part.passages.map((p) => [p.key, p.html])).toEqual([
      ['p1', one.html],
      ['p2', two.html],
      ['p3', written.passages[2]?.html],
    ]);
  });

  it('stops where all ways on are held back, and does not run into what comes next by order', () => {
    const written = story([{ ...one }, passage('p4', 'Elsewhere.'), passage('p5', 'There.'), two], {
      choices: [choice('p1', 'p4', 'Out'), choice('p1', 'p5', 'In')],
    });
    const part = publishedPart(shown, written, ['p1']);
    expect(new StoryGraph(part).onward('p1').kind).toBe('end');
    const forked = story([one, passage('p6', 'A.'), passage('p7', 'B.'), two], {
      variantSets: [dividesAfter('p1', 'p6', 'p7')],
    });
    expect(new StoryGraph(publishedPart(shown, forked, ['p1'])).onward('p1').kind).toBe('end');
  });

  it('holds together whatever was written and chosen, and shows nothing that was held back', () => {
    const acts = fc.array(anyAct, { maxLength: 10 });
    fc.assert(
      fc.property(acts, acts, fc.array(fc.boolean(), { maxLength: 12 }), (first, then, picks) => {
        const before = first.reduce<Story<CleanHtml>>(carryOut, shown);
        const written = then.reduce<Story<CleanHtml>>(carryOut, before);
        const keys = written.passages.flatMap((p, i) => (picks[i] === true ? [p.key] : []));
        const known = new Map(before.passages.map((p) => [p.key, p.html]));
        if (written.passages.every((p) => !known.has(p.key) && !keys.includes(p.key))) return;
        const part = publishedPart(before, written, keys);
        checkStory(part, '');
        for (const p of part.passages) {
          const now = written.passages.find((w) => w.key === p.key)?.html;
          expect(p.html).toBe(keys.includes(p.key) ? now : known.get(p.key));
        }
        expect(
          publishedPart(
            before,
            written,
            written.passages.map((p) => p.key),
          ),
        ).toEqual(written);
      }),
    );
  });
});
