import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choice, dividesAfter, passage, story } from '../../../testing/stories.ts';
import { openSite, type TestSite } from '../../site.testing.ts';
import { draftOf, type Writer, writerOn } from '../writer.testing.ts';

let site: TestSite;
let writer: Writer;
let work: string;

const titled = (key: string, title: string, text: string, more: Parameters<typeof passage>[2] = {}) =>
  passage(key, text, { title, ...more });

/** A key to be found, a locked door, two endings behind it, and a passage nobody comes to. */
const locked = story(
  [
    titled('yard', 'The yard', 'You stand in the yard.'),
    titled('shed', 'The shed', 'A key hangs here.', { sets: ['key'] }),
    titled('door', 'The door', 'The door is shut.'),
    titled('hall', 'The hall', 'It smells of wax.'),
    titled('stay', 'Staying', 'You stay.', { ending: true }),
    titled('go', 'Going', 'You go home again.', { ending: true }),
    titled('attic', 'The attic', '', {}),
  ],
  {
    choices: [
      choice('yard', 'shed', 'Look in the shed'),
      choice('yard', 'door', 'Try the door'),
      choice('shed', 'door', 'Try the door'),
      choice('door', 'hall', 'Unlock it', [{ kind: 'flag', flag: 'key', holds: true }]),
      choice('door', 'yard', 'Turn back', [{ kind: 'visited', passage: 'shed', holds: false }]),
    ],
    variantSets: [dividesAfter('hall', 'stay', 'go')],
  },
);

beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'cordelia');
  work = await draftOf(site, writer, 'The Door', locked);
});
afterAll(() => site.close());

const wordsOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the proof', () => {
  it('shows every passage once, in the order in which they lead to one another', async () => {
    const { status, html } = await writer.open(`/studio/${work}/proof`);
    expect(status).toBe(200);
    const order = [...html.matchAll(/<section id="at-([^"]+)"/g)].map((m) => m[1]);
    expect(order).toEqual(['yard', 'shed', 'door', 'hall', 'stay', 'go', 'attic']);
  });

  it('says where each leads and when, what it sets, and what is wrong with it', async () => {
    const words = wordsOf((await writer.open(`/studio/${work}/proof`)).html);
    expect(words).toContain('“Unlock it”: The hall');
    expect(words).toContain('only if the flag “key” is set');
    expect(words).toContain('only if “The shed” was not read');
    expect(words).toContain('sets “key”');
    expect(words).toContain('This passage cannot be reached: no way leads there.');
    expect(words).toContain('1 passage not reached, 2 endings, 2 at depth 2 or more, 1 dead end.');
    expect(words).toContain(
      '2 ways: the shortest has 19 words, the longest 21. One can go round in it; that is not counted.',
    );
  });

  it('begins elsewhere when asked, and is for nobody but those who may read the draft', async () => {
    const { html } = await writer.open(`/studio/${work}/proof?from=hall`);
    expect([...html.matchAll(/<section id="at-([^"]+)"/g)].map((m) => m[1])).toEqual(['hall', 'stay', 'go']);
    expect((await writer.open(`/studio/${work}/proof?from=cellar`)).status).toBe(404);
    expect((await writer.open(`/studio/${work}/proof?part=2`)).status).toBe(404);
    const other = await writerOn(site, 'regan');
    expect((await other.open(`/studio/${work}/proof`)).status).toBe(404);
    expect((await site.ask(`/studio/${work}/proof`)).status).toBe(404);
  });

  it('comes in pages where it is long, linked across them', async () => {
    const many = Array.from({ length: 130 }, (_, i) =>
      titled(`c${i}`, `Chapter ${i}`, 'Some words.', { ending: i === 129 }),
    );
    const long = await draftOf(site, writer, 'Long', story(many));
    const one = (await writer.open(`/studio/${long}/proof`)).html;
    const two = (await writer.open(`/studio/${long}/proof?part=2`)).html;
    expect(one.match(/class="proof-passage/g)).toHaveLength(120);
    expect(two.match(/class="proof-passage/g)).toHaveLength(10);
    expect(one).toContain(`href="/studio/${long}/proof?part=2#at-c120"`);
    expect(two).toContain('Page 2 of 2');
  });
});

describe('playing from a passage', () => {
  const linksOf = (html: string): (string | undefined)[] =>
    [...html.matchAll(/class="choice" href="([^"]*)"/g)].map((m) => m[1]?.replaceAll('&amp;', '&'));

  it('offers what a reader is offered, and says what she is not and why', async () => {
    const { html } = await writer.open(`/studio/${work}/play/door`);
    expect(linksOf(html)).toEqual([`/studio/${work}/play/yard`]);
    expect(wordsOf(html)).toContain('Not offered now: “Unlock it”, only if the flag “key” is set');
    expect(html).toContain(`href="/studio/${work}/passages/door"`);
  });

  it('begins with what is set by menus, and takes it along', async () => {
    const { html } = await writer.open(`/studio/${work}/play/door?set=key&seen=shed`);
    const onward = linksOf(html);
    expect(onward).toEqual([`/studio/${work}/play/hall?seen=shed&set=key`]);
    expect(html).toMatch(/name="set" value="key" checked/);
    expect(html).toMatch(/name="seen" value="shed" checked/);
    const hall = (await writer.open(onward[0] ?? '')).html;
    expect(hall).toContain(`href="/studio/${work}/play/stay?seen=shed&amp;set=key"`);
  });

  it('is not counted: no place is kept, no verdict asked for', async () => {
    const { html } = await writer.open(`/studio/${work}/play/stay`);
    expect(html).toContain('You stay.');
    expect(html).toContain('The other ending');
    expect(html).not.toContain('data-work');
    expect(html).not.toContain('/verdicts');
    expect((await writer.open(`/studio/${work}/play/nowhere`)).status).toBe(404);
  });
});

it('calls a passage without a title the same on every page', async () => {
  const two = [passage('p1', 'It was cold.'), passage('p2', 'It thawed.'), passage('p3', 'It froze.')];
  const divided = story(two, { variantSets: [dividesAfter('p1', 'p2', 'p3')] });
  const unnamed = await draftOf(site, writer, 'Ice', divided);
  for (const path of ['', '/map', '/proof', '/passages/p1', '/passages/p2', '/find?q=cold', '/play/p1']) {
    const words = wordsOf((await writer.open(`/studio/${unnamed}${path}`)).html);
    // To be played it looks as it will to readers, under the title of the work.
    expect(words, path).toContain(path === '/play/p1' ? 'Ice' : 'The story');
    expect(words, path).not.toContain('Part 1');
  }
  await writer.change(unnamed, 'moves', { passage: 'p1', before: 'p3' });
  expect(wordsOf((await writer.open(`/studio/${unnamed}`)).html)).toContain('The story moved');
});
