import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CleanHtml } from '../../../html.ts';
import type { Story } from '../../../model/state.ts';
import { choice, passage, story } from '../../../testing/stories.ts';
import { openSite, type TestSite } from '../../site.testing.ts';
import { draftOf, newest, type Writer, writerOn } from '../writer.testing.ts';

let site: TestSite;
let writer: Writer;
let work: string;

const keys = Array.from({ length: 200 }, (_, i) => `p${i + 1}`);
const long: Story<CleanHtml> = story(
  keys.map((key, i) => passage(key, `Lamp ${i + 1}.`, { ending: i === 199 })),
  { choices: [choice('p7', 'p8', 'Go on'), choice('p7', 'p150', 'Go far')] },
);

beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'lampwright');
  work = await draftOf(site, writer, 'Two hundred lamps', long);
});
afterAll(() => site.close());

const optionsIn = (html: string): number => html.split('<option').length - 1;

it('has no menus of its passages on its pages until a form with one is asked for', async () => {
  const page = `/studio/${work}/passages/p7`;
  const { html } = await writer.open(page);
  expect(optionsIn(html)).toBeLessThan(20);
  for (const id of ['add-choice', 'choice-0', 'choice-1', 'move'])
    expect(html).toContain(`href="${page}?form=${id}#${id}"`);

  const asked = (await writer.open(`${page}?form=choice-1#choice-1`)).html;
  expect(asked).toMatch(/<details class="action" id="choice-1" open/);
  // Where it leads, and what it may depend on.
  expect(optionsIn(asked)).toBeGreaterThanOrEqual(2 * keys.length);
  expect(optionsIn(asked)).toBeLessThan(3 * keys.length);

  const desk = `/studio/${work}`;
  expect(optionsIn((await writer.open(desk)).html)).toBeLessThan(20);
  expect(optionsIn((await writer.open(`${desk}?form=add-passage`)).html)).toBeGreaterThanOrEqual(keys.length);
});

it('keeps a form that came back on the page, with what was chosen in it', async () => {
  const sent = await writer.change(work, 'choices', { passage: 'p9', label: ' ', to: 'p150' });
  expect(sent.status).toBe(422);
  expect(sent.html).toMatch(/<option value="p150" selected/);
  expect((await newest(site, work)).story).toEqual(long);
});

it('has beside a passage the part of the outline that it stands in, and the way to all of it', async () => {
  const { html } = await writer.open(`/studio/${work}/passages/p100`);
  const outline = html.slice(html.indexOf('studio-outline'));
  expect(outline).toContain(`/passages/p61"`);
  expect(outline).toContain(`/passages/p120"`);
  expect(outline).not.toContain(`/passages/p121"`);
  expect(html).toContain(`<a href="/studio/${work}#passages">all 200</a>`);
  const desk = (await writer.open(`/studio/${work}`)).html;
  for (const key of keys) expect(desk).toContain(`/studio/${work}/passages/${key}"`);
});

it('draws ways that are as tall as many screens without dashes, each of which a browser paints alone', async () => {
  const back = { ...long, choices: [choice('p200', 'p1', 'Once more'), choice('p200', 'p199', 'Back')] };
  const id = await draftOf(site, writer, 'Round', back);
  const { html } = await writer.open(`/studio/${id}/map`);
  const wayOf = (to: string) =>
    new RegExp(`class="map-way (map-way-\\w+)"[^>]*data-from="p200" data-to="${to}"`);
  expect(wayOf('p1').exec(html)?.[1]).toBe('map-way-far');
  expect(wayOf('p199').exec(html)?.[1]).toBe('map-way-back');
});
