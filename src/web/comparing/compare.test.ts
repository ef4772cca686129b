import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangeWork } from '../../store/writing.ts';
import { dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';

let site: TestSite;
let id: string;
beforeAll(async () => {
  site = await openSite();
  id = await site.add(lampStory());
});
afterAll(() => site.close());

async function page(path: string): Promise<string> {
  const response = await site.ask(path);
  expect(response.status, path).toBe(200);
  return response.text();
}

function marked(html: string, tag: 'del' | 'ins'): string[] {
  return [...html.matchAll(new RegExp(`<${tag}[^>]*>(.*?)</${tag}>`, 'g'))].map((m) => m[1] ?? '');
}

test('side by side, what only one branch has is marked, in the colour of its siglum', async () => {
  const html = await page(`/works/${id}/compare/p2.A...p2.B`);
  const left = marked(html, 'del').join(' ');
  const right = marked(html, 'ins').join(' ');
  expect(left).toContain('lit');
  expect(left).toContain('window');
  expect(right).toContain('left');
  expect(right).toContain('dark');
  expect(right).toContain('door');
  expect(`${left} ${right}`).not.toContain('boat');
  expect(html).toMatch(/<del class="siglum-1">/);
  expect(html).toMatch(/<ins class="siglum-2">/);
});

test('in one text both stand in one another, and nothing of either is lost', async () => {
  const html = await page(`/works/${id}/compare/p2.A...p2.B?view=text`);
  const text = html.slice(html.lastIndexOf('compare-key'), html.indexOf('</article>'));
  const body = text.slice(text.indexOf('</p>') + 4);
  const without = (tag: string): string =>
    body
      .replace(new RegExp(`<${tag}[^>]*>.*?</${tag}>`, 'g'), '')
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  expect(without('ins')).toBe('She lit the lamp and waited at the window until the boat came home.');
  expect(without('del')).toBe('She left the lamp dark and waited at the door until the boat came home.');
});

test('the apparatus gives the words of the first, a bracket, and the words of the second', async () => {
  const html = await page(`/works/${id}/compare/p2.A...p2.B?view=apparatus`);
  const lines = [...html.matchAll(/<li>\s*<b>.*?<\/li>/gs)].map(([line]) =>
    line
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  expect(lines).toContain('1 window A] door B');
});

test('one page has one address: the short form names the long one as canonical', async () => {
  const canonical = `<link rel="canonical" href="http://localhost:4870/works/${id}/compare/p2.A...p2.B"/>`;
  expect(await page(`/works/${id}/compare/A...B?place=p2`)).toContain(canonical);
  expect(await page(`/works/${id}/compare/A...B`)).toContain(canonical);
});

test('the states of a published work are its author’s, until she opens them to readers', async () => {
  const closed = await page(`/works/${id}/states`);
  expect(closed).toContain('kept for those who wrote it');
  expect(closed).not.toContain('/compare/');
  expect((await site.ask(`/works/${id}/compare/s1...s2`)).status).toBe(404);
  await arrangeWork(site.archive.store, id, { oldTexts: 'everyone' });
  expect(await page(`/works/${id}/states`)).toContain('/compare/s1...s2');
});

test('passages can be compared, and the states of a work', async () => {
  await arrangeWork(site.archive.store, id, { oldTexts: 'everyone' });
  expect(await page(`/works/${id}/compare/p3...p4`)).toContain('<h1>Lit and Dark, compared</h1>');
  const html = await page(`/works/${id}/compare/s1...s2`);
  expect(html).toContain('<h1>Version 1 and Version 2, compared</h1>');
  expect(marked(html, 'del')).toEqual([]);
});

test('a paragraph that changed its place is called moved, and each place leads to the other', async () => {
  const moved = 'The harbour bell rang twice over the dark water and nobody in the house got up to look.';
  const rest = [
    'Maren swept the kitchen first, because sweeping was what one did before bad news.',
    'Outside, gulls quarrelled over something pale that the tide had left behind.',
    'Her brother had promised letters every week, and seven weeks without any is a kind of letter too.',
    'When the kettle finally boiled she poured three cups, drank one, and counted lanterns along the pier.',
  ].join('\n\n');
  const work = edition(
    'Moved',
    story(
      [
        passage('p1', 'Begin.'),
        passage('a', `${moved}\n\n${rest}`, { ending: true }),
        passage('b', `${rest}\n\n${moved}`, { ending: true }),
      ],
      { variantSets: [dividesAfter('p1', 'a', 'b')] },
    ),
  );
  const at = await site.add(work);
  for (const view of ['side', 'text']) {
    const html = await page(`/works/${at}/compare/p1.A...p1.B?view=${view}`);
    expect(html).toContain('1 passage moved');
    expect(html.match(/id="left-1"/g)).toHaveLength(1);
    expect(html.match(/id="arrived-1"/g)).toHaveLength(1);
    expect(html).toMatch(/id="left-1" href="#arrived-1">moved away/);
    expect(html).toMatch(/id="arrived-1" href="#left-1">moved here/);
  }
  const apparatus = await page(`/works/${at}/compare/p1.A...p1.B?view=apparatus`);
  expect(apparatus).toMatch(/moved to paragraph 5/);
});

test.each([
  ['A...Z', 404],
  ['p9...p3', 404],
  ['p3.A...p3.B', 404],
  ['s1...s99', 404],
  ['p3', 422],
  ['p3...', 422],
  ['p3...p4...p1', 422],
  ['%3Cscript%3E...p4', 404],
])('the comparison %s that cannot be made is answered with %s', async (pair, status) => {
  const response = await site.ask(`/works/${id}/compare/${pair}`);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain('<script>');
});

test('the branches of a draft are compared by its secret link only', async () => {
  const draft = await site.add(lampStory('Draft'), undefined, false);
  expect((await site.ask(`/works/${draft}/compare/A...B`)).status).toBe(404);
  const response = await site.ask(`/works/${await site.secretHandle(draft)}/compare/A...B`);
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
});

test('every state is listed, the newest first, with the way to what changed', async () => {
  const html = await page(`/works/${id}/states`);
  expect(html.match(/<li value="\d+">/g)).toEqual(['<li value="2">', '<li value="1">']);
  expect(html).toContain(`href="/works/${id}/compare/s1...s2"`);
});

test('whoever has long texts compared without pause is asked to wait, while short ones go on', async () => {
  const long = Array.from({ length: 21_000 }, (_, i) => `word${i}`).join(' ');
  const passages = [passage('p1', 'Go.'), passage('a', long), passage('b', long)];
  const at = await site.add(
    edition('Long', story(passages, { variantSets: [dividesAfter('p1', 'a', 'b')] })),
  );
  const statuses: number[] = [];
  for (let i = 0; i < 21; i++) {
    statuses.push((await site.ask(`/works/${at}/compare/A...B?view=apparatus&n=${i}`)).status);
  }
  expect(statuses).toEqual([...Array(20).fill(200), 429]);
  expect((await site.ask(`/works/${at}/compare/A...B?view=apparatus&n=0`)).status).toBe(200);
  expect((await site.ask(`/works/${id}/compare/A...B?n=1`)).status).toBe(200);
});

test('texts written apart stand side by side without changes marked, and only what they share is', async () => {
  const shared = 'and the bell rang across the harbour until morning came';
  const [one, other] = [wordsOf('ab'), wordsOf('xy')];
  const apart = await site.add(
    edition(
      'Apart',
      story(
        [
          passage('p1', 'They came to the water.'),
          passage('p2', `${one} ${shared} ${one}`, { title: 'Stayed', ending: true }),
          passage('p3', `${other} ${shared} ${other}`, { title: 'Went', ending: true }),
        ],
        { variantSets: [dividesAfter('p1', 'p2', 'p3')] },
      ),
    ),
  );
  const html = await page(`/works/${apart}/compare/p1.A...p1.B?view=text`);
  expect(html).toContain('Written apart: they share 10 of their 210 and 210 words.');
  expect([marked(html, 'del'), marked(html, 'ins')]).toEqual([[], []]);
  expect([...html.matchAll(/<mark>(.*?)<\/mark>/g)].map((m) => m[1])).toEqual([shared, shared]);
  expect(html).not.toContain('Apparatus');
});

/** A hundred words that no text of other letters has. */
function wordsOf(letters: string): string {
  return Array.from({ length: 100 }, (_, i) =>
    [...i.toString(2)].map((bit) => letters[Number(bit)]).join(''),
  ).join(' ');
}
