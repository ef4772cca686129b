import { afterAll, beforeAll, expect, test } from 'vitest';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';

let site: TestSite;
let id: string;
beforeAll(async () => {
  site = await openSite();
  id = await site.add(lampStory());
});
afterAll(() => site.close());

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

async function words(response: Response): Promise<string> {
  return (await response.text()).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

const place: readonly [string, string] = ['place', 'p2'];

test('a reader who answers gets a cookie, sees what others said, and can change her mind', async () => {
  const first = await site.send(`/works/${id}/verdicts`, [
    place,
    ['sigla', 'A'],
    ['back', `/works/${id}/read/p3`],
  ]);
  expect(first.status).toBe(303);
  const to = first.headers.get('location') ?? '';
  expect(to).toBe(`/works/${id}/verdicts/p2?back=${encodeURIComponent(`/works/${id}/read/p3`)}`);
  const cookie = cookieOf(first);
  expect(cookie).toMatch(/^reader-id=/);
  expect(first.headers.getSetCookie()[0]).toContain('HttpOnly');

  const page = await site.ask(to, { headers: { cookie } });
  expect(page.headers.get('cache-control')).toBe('private, no-store');
  const html = await page.text();
  expect(html).toContain('You prefer A.');
  expect(html).toContain(`href="/works/${id}/read/p3"`);
  expect(html).toMatch(/value="A" checked/);
  expect(html).not.toMatch(/value="B" checked/);

  const second = await site.send(`/works/${id}/verdicts`, [place, ['sigla', 'A B']], { cookie });
  expect(second.headers.getSetCookie()).toEqual([]);
  const changed = await words(await site.ask(`/works/${id}/verdicts/p2`, { headers: { cookie } }));
  expect(changed).toContain('You prefer A and B.');
  expect(changed).toContain('1 reader answered.');
  expect(changed).toContain('A and B alike 1');
});

test('whoever only asks sees the tally too, and gets no cookie', async () => {
  const response = await site.ask(`/works/${id}/verdicts/p2`);
  expect(response.headers.getSetCookie()).toEqual([]);
  expect(await words(response)).not.toContain('You prefer');
});

test('boxes that are ticked count together like letters in one button', async () => {
  const cookie = cookieOf(await site.send(`/works/${id}/verdicts`, [place, ['sigla', 'B'], ['sigla', 'A']]));
  const page = await words(await site.ask(`/works/${id}/verdicts/p2`, { headers: { cookie } }));
  expect(page).toContain('You prefer A and B.');
});

test('an answer without a branch comes back with the reason, and nothing is kept', async () => {
  const response = await site.send(`/works/${id}/verdicts`, [place, ['back', '/works']]);
  expect(response.status).toBe(422);
  expect(response.headers.getSetCookie()).toEqual([]);
  const html = await response.text();
  expect(html).toContain('Choose one or more');
  expect(html).toContain('name="back" value="/works"');
});

test.each([
  ['a branch that is not there', [place, ['sigla', 'Z']], 422],
  [
    'a place where nothing divides',
    [
      ['place', 'p1'],
      ['sigla', 'A'],
    ],
    404,
  ],
  ['nothing at all', [], 404],
] as const)('%s is refused', async (_what, fields, status) => {
  expect((await site.send(`/works/${id}/verdicts`, fields)).status).toBe(status);
});

test.each(['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', '/a b'])(
  'no one is led away to %s after answering',
  async (back) => {
    const response = await site.send(`/works/${id}/verdicts`, [place, ['sigla', 'A'], ['back', back]]);
    expect(response.headers.get('location')).toBe(`/works/${id}/verdicts/p2`);
    const page = await site.ask(`/works/${id}/verdicts/p2?back=${encodeURIComponent(back)}`);
    expect(await page.text()).not.toContain('evil');
  },
);

test('a form that another site sends is refused', async () => {
  const response = await site.send(`/works/${id}/verdicts`, [place, ['sigla', 'A']], {
    'sec-fetch-site': 'cross-site',
  });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('not sent from a page of this archive');
});

test('a draft takes verdicts by its secret link only', async () => {
  const draft = await site.add(lampStory('Draft'), undefined, false);
  expect((await site.send(`/works/${draft}/verdicts`, [place, ['sigla', 'A']])).status).toBe(404);
  const handle = await site.secretHandle(draft);
  const response = await site.send(`/works/${handle}/verdicts`, [place, ['sigla', 'A']]);
  expect(response.headers.get('location')).toBe(`/works/${handle}/verdicts/p2`);
});

test('an answer leaves the reading settings of the same reader as they are', async () => {
  const saved = await site.send('/settings', [['theme', 'dark']]);
  const answered = await site.send(`/works/${id}/verdicts`, [place, ['sigla', 'A']], {
    cookie: cookieOf(saved),
  });
  const names = [saved, answered].map((response) => cookieOf(response).split('=')[0]);
  expect(new Set(names).size).toBe(2);
});
