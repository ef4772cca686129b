import { afterAll, beforeAll, expect, test } from 'vitest';
import { choice, dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { workPath } from '../handle.ts';
import { keptWorks } from '../serving/kept.ts';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';
import { StoryMap } from './map.tsx';
import { tell } from './story.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function open(id: string) {
  const { work } = await keptWorks(site.archive).get(id);
  return { told: tell(work), to: (key: string): string => workPath(id, `/read/${key}`) };
}

async function page(path: string): Promise<string> {
  const response = await site.ask(path);
  expect(response.status, path).toBe(200);
  return response.text();
}

function boxesOf(html: string): { readonly name: string; readonly href: string; readonly classes: string }[] {
  return [...html.matchAll(/<a class="(map-node[^"]*)" href="([^"]*)" aria-label="([^"]*)"/g)].map((m) => ({
    classes: m[1] ?? '',
    href: m[2] ?? '',
    name: m[3] ?? '',
  }));
}

test('every passage is a box that leads to it, branches under their sigla, endings filled', async () => {
  const id = await site.add(lampStory('Map'));
  expect(boxesOf(await page(`/works/${id}/map`))).toEqual([
    { name: 'The sill', href: `/works/${id}/read/p1`, classes: 'map-node' },
    { name: 'The fog', href: `/works/${id}/read/p2`, classes: 'map-node' },
    { name: 'A Lit, an ending', href: `/works/${id}/read/p3`, classes: 'map-node map-ending siglum-1' },
    { name: 'B Dark, an ending', href: `/works/${id}/read/p4`, classes: 'map-node map-ending siglum-2' },
  ]);
});

test('a passage that leads nowhere and is not marked as an ending is not called one', async () => {
  const id = await site.add(edition('Loose', story([passage('p1', 'One.'), passage('p2', 'Two.')])));
  const html = await page(`/works/${id}/map`);
  expect(html).not.toContain('an ending');
  expect(html).not.toContain('map-ending');
  expect(html).toContain('The end.');
});

test('three endings have narrow boxes, so that the map is shown whole on a telephone', async () => {
  const ends = ['a', 'b', 'c'].map((key) => passage(key, 'One.', { ending: true }));
  const forked = { variantSets: [dividesAfter('p1', 'a', 'b', 'c')] };
  const id = await site.add(edition('Three', story([passage('p1', 'Words.'), ...ends], forked)));
  const [, classes, width] =
    /<section class="([^"]*)"[^>]*><svg width="(\d+)"/.exec(await page(`/works/${id}/map`)) ?? [];
  expect(classes).toBe('map map-whole');
  expect(Number(width)).toBeLessThan(360);
});

test('the outline says the same in words', async () => {
  const id = await site.add(lampStory('Outline'));
  const html = await page(`/works/${id}/map`);
  const words = html
    .slice(html.indexOf('The same in words</h2>'))
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ');
  expect(words).toContain('The sill, 12 words. Then: “Wait for evening”: The fog.');
  expect(words).toContain('The fog, 9 words. Here the story divides: A Lit or B Dark.');
  expect(words).toContain('A Lit, 14 words. An ending.');
});

test('a draft has a map for those who have its secret link, and its links keep the secret', async () => {
  const id = await site.add(lampStory('Draft'), undefined, false);
  expect((await site.ask(`/works/${id}/map`)).status).toBe(404);
  const handle = await site.secretHandle(id);
  const response = await site.ask(`/works/${handle}/map`);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  for (const { href } of boxesOf(await response.text())) expect(href).toContain(handle);
});

test('a small map draws a long run of passages as one box, and is left out where it could not be small', async () => {
  const run = Array.from({ length: 30 }, (_, i) =>
    passage(`p${i + 1}`, 'Words.', { title: `Chapter ${i + 1}` }),
  );
  const ends = [passage('a', 'One.', { ending: true }), passage('b', 'Two.', { ending: true })];
  const forked = edition('Long', story([...run, ...ends], { variantSets: [dividesAfter('p30', 'a', 'b')] }));
  const small = String(await StoryMap({ ...(await open(await site.add(forked))), small: true }));
  expect(boxesOf(small).map((box) => box.name)).toEqual([
    'Chapter 1',
    '28 passages',
    'Chapter 30',
    'A Ending a, an ending',
    'B Ending b, an ending',
  ]);

  const wild = Array.from({ length: 30 }, (_, i) => [choice('p1', `p${i + 1}`, `Way ${i}`)]).flat();
  const id = await site.add(edition('Wild', story(run, { choices: wild })));
  expect(StoryMap({ ...(await open(id)), small: true })).toBeNull();
});

test('five hundred passages, some of which no way leads to, have a map', async () => {
  const many = Array.from({ length: 500 }, (_, i) => passage(`p${i + 1}`, 'A few words.'));
  const ways = many.flatMap(({ key }, i) => [
    choice(key, `p${((i * 7) % 400) + 1}`, 'On'),
    choice(key, `p${((i * 13) % 450) + 1}`, 'Off'),
  ]);
  const id = await site.add(edition('Labyrinth', story(many, { choices: ways })));
  const html = await page(`/works/${id}/map`);
  expect(boxesOf(html)).toHaveLength(500);
  expect(html).toContain('No way leads here.');
});
