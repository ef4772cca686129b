import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { attribute, findAll, textOf } from '../../dom.ts';
import { parsePage } from '../../html.ts';
import type { CountKind } from '../../model/reading.ts';
import { addReadings, isCounted, listReadings } from '../../store/readings.ts';
import { saveSettings } from '../../store/settings.ts';
import { castVerdict } from '../../store/talk/verdicts.ts';
import { publishWork } from '../../store/works.ts';
import { createWork } from '../../store/writing.ts';
import { choice, dividesAfter, passage, story } from '../../testing/stories.ts';
import { openSite, type TestSite } from '../site.testing.ts';
import { type Writer, writerOn } from '../studio/writer.testing.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let site: TestSite;
let writer: Writer;
let other: Writer;
beforeAll(async () => {
  site = await openSite();
  writer = await writerOn(site, 'rosamund');
  other = await writerOn(site, 'edith');
});
afterAll(() => site.close());

const today = new Date().toISOString().slice(0, 10);

/** A work of the writer's: from the sill by a choice to the fog, where it divides. */
async function begin(title = 'The Lamp'): Promise<string> {
  const work = await createWork(site.archive.store, {
    title,
    creators: [writer.pseud],
    by: writer.pseud,
    story: story(
      [
        passage('p1', `The lamp of ${title}.`, { title: 'The sill' }),
        passage('p2', 'The fog.', { title: '=SUM(1)' }),
        passage('p3', 'Lit.', { title: 'Lit', ending: true }),
        passage('p4', 'Dark.', { title: 'Dark, "at last"', ending: true }),
      ],
      {
        choices: [choice('p1', 'p2', 'Wait'), choice('p1', 'p3', 'Light it')],
        variantSets: [dividesAfter('p2', 'p3', 'p4')],
      },
    ),
  });
  await publishWork(site.archive.store, work, {
    rating: 'General Audiences',
    warnings: ['No Archive Warnings Apply'],
  });
  return work;
}

async function count(work: string, counts: Readonly<Record<string, number>>, day = today): Promise<void> {
  const rows = Object.entries(counts).map(([name, times]) => {
    const [kind = '', ...key] = name.split(' ');
    return { workId: work, day, kind: kind as CountKind, key: key.join(' '), times };
  });
  await addReadings(site.archive.store, rows);
}

const ten = {
  reading: 10,
  'passage p1': 10,
  'begun p1': 10,
  'first p1 p2': 6,
  'first p1 p3': 1,
  'passage p2': 6,
  'first p2 p4': 4,
  'again p2 p3': 2,
  'passage p3': 3,
  'passage p4': 4,
  'file epub': 2,
};

async function statistics(work: string, query = '', by = writer) {
  const { status, html } = await by.open(`/studio/${work}/statistics${query}`);
  const tree = parsePage(html);
  const words = textOf(tree).replace(/\s+/g, ' ');
  return { status, html, tree, words };
}

/** The rows of the table under a heading, cells joined. */
function rowsUnder({ tree }: { tree: ReturnType<typeof parsePage> }, id: string): readonly string[] {
  const section = findAll(tree, (e) => attribute(e, 'aria-labelledby') === id)[0];
  return section === undefined
    ? []
    : findAll(section, (e) => e.tagName === 'tr').map((row) => textOf(row).replace(/\s+/g, ' ').trim());
}

describe('the statistics of a work', () => {
  test('say in words how it is read, and beside each picture in numbers', async () => {
    const work = await begin();
    await count(work, ten);
    const page = await statistics(work);
    expect(page.status).toBe(200);
    expect(page.words).toContain(
      '10 readings in the last 30 days. After “The sill”, 9 in 10 went to “Wait” first. Where most stop before an end: “The sill” (3 of 10).',
    );
    const rows = rowsUnder(page, 'by-passage').map((row) => row.replace(/\s/g, ''));
    expect(rows).toEqual([
      'PassageOpenedWentonStopped',
      'Thesill1070%3',
      '=SUM(1)667%2',
      'ALit3anend–',
      'BDark,"atlast"4anend–',
    ]);
    const forks = rowsUnder(page, 'forks').map((row) => row.replace(/\s/g, ''));
    expect(forks).toContain('1Wait6·86%6');
    expect(forks).toContain('BDark,"atlast"4·100%4');
    expect(forks).toContain('ALit0·0%2');
    expect(page.words.match(/came back for another way/g)).toHaveLength(1);
    expect(rowsUnder(page, 'paths').some((row) => /sill.*Dark.*4$/.test(row))).toBe(true);
    expect(page.words).toContain('nobody is followed through a story');
  });

  test('draw each number once in the picture and once in the table', async () => {
    const work = await begin();
    await count(work, ten);
    await count(work, { reading: 3 }, new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10));
    const { tree } = await statistics(work);
    const [chart] = findAll(tree, (e) => attribute(e, 'class') === 'chart');
    if (chart === undefined) throw new Error('no chart');
    const drawn = findAll(chart, (e) => e.tagName === 'rect').map((e) => /: (\d+)/.exec(textOf(e))?.[1]);
    const written = findAll(chart, (e) => e.tagName === 'td').map(textOf);
    expect(drawn).toEqual(['3', '10']);
    expect(written).toHaveLength(30);
    expect(written.slice(0, 3)).toEqual(['10', '0', '3']);
    expect(written.slice(3).every((n) => n === '0')).toBe(true);
    const [svg] = findAll(chart, (e) => e.tagName === 'svg');
    expect(svg === undefined ? '' : attribute(svg, 'role')).toBe('img');
    expect(findAll(chart, (e) => e.tagName === 'desc').map(textOf)[0]).toContain('13 in all, at most 10');
  });

  test('look back as far as asked, and 30 days where nothing sensible is asked', async () => {
    const work = await begin();
    await count(work, { reading: 5 }, '2020-05-28');
    await count(work, { reading: 7 }, '2021-05');
    await count(work, { reading: 3 });
    const readings = async (query: string) =>
      /(\d+) readings/.exec((await statistics(work, query)).words)?.[1];
    expect(await readings('?span=all')).toBe('15');
    expect(await readings('?span=months')).toBe('3');
    expect(await readings('?span=weeks')).toBe('3');
    for (const query of ['', '?span=days', '?span=constructor', '?span=%00', '?span='])
      expect(await readings(query)).toBe('3');
  });

  test('break nothing down that so few read that one could be made out', async () => {
    const work = await begin();
    await count(work, { ...ten, reading: 2 });
    const page = await statistics(work);
    expect(page.words).toContain('2 readings');
    expect(page.words).toContain('shown from the third reading on');
    expect(rowsUnder(page, 'by-passage')).toEqual([]);
    expect(rowsUnder(page, 'forks')).toEqual([]);
    expect((await writer.open(`/studio/${work}/statistics.csv`)).html).not.toContain('went on');
  });

  test('say what is preferred from the third answer on', async () => {
    const work = await begin();
    await count(work, ten);
    const { store } = site.archive;
    const cast = (reader: string, ...sigla: readonly string[]) =>
      castVerdict(store, { workId: work, place: 'p2', sigla, reader, address: reader });
    await cast('r1', 'A');
    await cast('r2', 'A', 'B');
    expect((await statistics(work)).words).toContain('Fewer than three readers answered');
    await cast('r3', 'B');
    const page = await statistics(work);
    expect(page.words).toContain('3 answers');
    expect(page.words).toContain('A and B alike');
    expect(rowsUnder(page, 'verdicts').filter((row) => /2026|20\d\d/.test(row))[0]).toMatch(/1 ?1 ?1$/);
  });

  test('teach where there is nothing yet, also in a story without words', async () => {
    const work = await begin();
    expect((await statistics(work)).words).toContain('Nobody was counted reading it in the last 30 days.');
    const empty = await createWork(site.archive.store, {
      title: 'Empty',
      creators: [writer.pseud],
      by: writer.pseud,
      story: story([]),
    });
    for (const span of ['days', 'weeks', 'months', 'all'])
      expect((await statistics(empty, `?span=${span}`)).status).toBe(200);
  });

  test('can be taken as a table, in which no title runs as a formula', async () => {
    const work = await begin();
    await count(work, ten);
    const response = await site.ask(`/studio/${work}/statistics.csv`, { headers: { cookie: writer.cookie } });
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.headers.get('cache-control')).toContain('no-store');
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toBe('what,where,which,day from,times');
    expect(lines).toContain(`readings,,,${today},10`);
    expect(lines).toContain("passage opened,'=SUM(1),p2,,6");
    expect(lines).toContain('passage opened,"Dark, ""at last""",p4,,4');
    expect(lines).toContain("way taken at all,'=SUM(1),A,,2");
    expect(lines).toContain('file,,epub,,2');
  });
});

describe('who sees them', () => {
  test('the author and hosts; for everybody else there is nothing to see', async () => {
    const work = await begin();
    const host = await writerOn(site, 'ida', 'host');
    await saveSettings(site.archive.store, { secondFactor: false });
    expect((await statistics(work, '', host)).status).toBe(200);
    expect((await statistics(work, '', host)).words).not.toContain('Stop counting');
    expect((await statistics(work, '', other)).status).toBe(403);
    const guest = await site.ask(`/studio/${work}/statistics`);
    expect(guest.headers.get('location')).toContain('/sign-in');
    expect((await other.send(`/studio/${work}/statistics`, { do: 'forget' })).status).toBe(403);
  });

  test('an overview has the works of whoever asks, the most read first', async () => {
    const [less, more] = [await begin('Seldom Read'), await begin('Often Read')];
    await count(less, { reading: 1 });
    await count(more, { reading: 400 });
    const { html } = await writer.open('/studio/statistics?span=weeks');
    expect(html.indexOf('Often Read')).toBeGreaterThan(0);
    expect(html.indexOf('Often Read')).toBeLessThan(html.indexOf('Seldom Read'));
    expect(html).toContain(`/studio/${more}/statistics?span=weeks`);
    expect((await other.open('/studio/statistics')).html).not.toContain('Often Read');
  });
});

describe('an author', () => {
  test('has a work not counted, and counted again; the page says which', async () => {
    const work = await begin();
    expect((await statistics(work)).words).toContain('Readings are counted');
    const sent = await writer.send(`/studio/${work}/statistics`, { do: 'stop' });
    expect(sent.to).toBe(`/studio/${work}/statistics?did=settled`);
    expect(await isCounted(site.archive.store, work)).toBe(false);
    expect((await statistics(work)).words).toContain('Readings are not counted');
    await writer.send(`/studio/${work}/statistics`, { do: 'count' });
    expect(await isCounted(site.archive.store, work)).toBe(true);
  });

  test('forgets what was counted of one work and of no other', async () => {
    const [work, kept] = [await begin(), await begin('Kept')];
    for (const id of [work, kept]) await count(id, ten);
    expect((await statistics(work)).words).toContain('Nothing brings them back');
    await writer.send(`/studio/${work}/statistics`, { do: 'forget' });
    expect(await listReadings(site.archive.store, work)).toEqual([]);
    expect(await listReadings(site.archive.store, kept)).not.toEqual([]);
    expect((await writer.send(`/studio/${work}/statistics`, { do: 'anything' })).status).toBe(422);
  });

  test('is told when the host has nothing counted, and so is every reader', async () => {
    const work = await begin();
    const settings = async () => textOf(parsePage(await (await site.ask('/settings')).text()));
    expect(await settings()).toContain('thrown away at midnight');
    await saveSettings(site.archive.store, { countReadings: false });
    expect((await statistics(work)).words).toContain('Those who run this archive have it not count readings');
    expect(await settings()).toContain('Nothing. Those who run this archive');
    await saveSettings(site.archive.store, { countReadings: true });
  });
});
