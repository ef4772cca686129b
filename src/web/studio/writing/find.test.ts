import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, type TestSite } from '../../site.testing.ts';
import { newest, type Writer, writerOn } from '../writer.testing.ts';

let site: TestSite;
let writer: Writer;
let work: string;
beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'winifred');
  const begun = await writer.send('/studio', {
    title: 'Lamps',
    text: 'The *lamp* was lit. Lamps are.',
    start: 'endings',
  });
  work = /studio\/(\w+)/.exec(begun.to)?.[1] ?? '';
  const [first, one] = (await newest(site, work)).story.passages.map(({ key }) => key);
  await writer.change(work, `passages/${one}/states`, {
    title: 'The lamp',
    text: 'A lamp.',
    ending: 'yes',
    draft: '0',
  });
  await writer.change(work, 'labels', {
    passage: first ?? '',
    place: first ?? '',
    siglum: 'A',
    label: 'By the lamp',
  });
});
afterAll(() => site.close());

const boxes = (html: string) =>
  [...html.matchAll(/name="place" value="([^"]+)"/g)].map(([, value = '']) => value);

describe('find and replace', () => {
  it('finds words in texts, titles and labels, with what stands around', async () => {
    const { html } = await writer.open(`/studio/${work}/find?q=lamp`);
    expect(html).toContain('“lamp” stands in 5 places.');
    expect(html).toContain('The <mark>lamp</mark> was lit.');
    expect(boxes(html)).toHaveLength(5);
    const whole = await writer.open(`/studio/${work}/find?q=lamp&word=yes`);
    expect(boxes(whole.html)).toHaveLength(4);
    const nothing = await writer.open(`/studio/${work}/find?q=%3Cb%3E.*`);
    expect(nothing.html).toContain('“&lt;b&gt;.*” stands nowhere in this story.');
  });

  it('replaces the chosen places as one version, keeps what leans, and takes it back', async () => {
    const { html } = await writer.open(`/studio/${work}/find?q=lamp&word=yes`);
    const [first, , title] = boxes(html);
    const before = await newest(site, work);
    const sent = await writer.change(work, 'replacements', {
      q: 'lamp',
      word: 'yes',
      by: 'wick & oil',
      do: 'chosen',
      place: [first ?? '', title ?? ''],
    });
    expect(sent.status).toBe(303);
    const after = await newest(site, work);
    expect(after.state).toBe(before.state + 1);
    expect(after.story.passages[0]?.html).toBe('<p>The <em>wick &amp; oil</em> was lit. Lamps are.</p>');
    const page = await writer.open(sent.to);
    expect(page.html).toContain('Take it back');
    await writer.send(`/studio/${work}/states`, { number: String(before.state) });
    expect((await newest(site, work)).story).toEqual(before.story);
  });

  it('replaces all, in titles and labels too', async () => {
    await writer.change(work, 'replacements', { q: 'lamp', word: 'yes', by: 'wick', do: 'all' });
    const { story } = await newest(site, work);
    expect(story.passages.map((p) => p.title)).toContain('The wick');
    expect(story.variantSets[0]?.branches[0]?.label).toBe('By the wick');
    expect(story.passages[0]?.html).toBe('<p>The <em>wick</em> was lit. Lamps are.</p>');
  });

  it('comes back with its values where nothing is chosen, or the story was saved meanwhile', async () => {
    const none = await writer.change(work, 'replacements', { q: 'wick', by: 'oil', do: 'chosen' });
    expect(none.status).toBe(422);
    expect(none.html).toContain('Choose at least one place.');
    expect(none.html).toContain('name="by" value="oil"');
    const late = await writer.send(`/studio/${work}/replacements`, {
      base: '1',
      q: 'wick',
      by: 'oil',
      do: 'all',
    });
    expect(late.status).toBe(422);
    expect(late.html).toContain('The story was saved meanwhile');
  });

  it('says why a choice cannot be left without words', async () => {
    const sent = await writer.change(work, 'replacements', { q: 'By the wick', by: '', do: 'all' });
    expect(sent.status).toBe(422);
    expect(sent.html).toContain('needs words by which readers can tell it from the others');
  });
});
