import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkStore } from '../store/keeping/check.ts';
import { samplePassPhrase } from '../store/sample-people.testing.ts';
import { getWork, removeWork } from '../store/works.ts';
import {
  answerCredit,
  listSuggestions,
  proposeCredit,
  publishDue,
  scheduleWork,
  unpublishWork,
} from '../store/writing.ts';
import { dividesAfter, passage, story } from '../testing/stories.ts';
import { openSite, type TestSite } from './site.testing.ts';
import { draftOf, newest, type Sent, type Writer, writerOn } from './studio/writer.testing.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

let count = 0;
const someone = (): Promise<Writer> => writerOn(site, `racer ${++count}`);

/** A story of three passages whose second divides, written by two; and a beta. */
async function written() {
  const { store } = site.archive;
  const [author, other, beta] = [await someone(), await someone(), await someone()];
  const told = story(
    [
      passage('p1', 'The ferry was late.\n\nNobody waited.\n\nThe lamp was out.'),
      passage('p2', 'She lit it.', { ending: true }),
      passage('p3', 'She left it.', { ending: true }),
    ],
    { variantSets: [dividesAfter('p1', 'p2', 'p3')] },
  );
  const work = await draftOf(site, author, `Race ${count}`, told);
  for (const [person, role] of [
    [other.pseud, 'author'],
    [beta.pseud, 'beta'],
  ] as const) {
    await proposeCredit(store, work, { person, role, by: author.pseud });
    await answerCredit(store, work, { person, role, accept: true });
  }
  return { work, author, other, beta };
}

const answers = { rating: 'General Audiences', warnings: 'No Archive Warnings Apply', audience: 'everyone' };

/** What each was answered; none of it may be a failure of ours. */
async function all(...sent: readonly Promise<Sent>[]): Promise<readonly number[]> {
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  return statuses;
}

/** Whatever was refused, the words that were sent with it came back. */
function keptWords({ status, html }: Sent, words: string): void {
  if (status !== 303) expect(html, String(status)).toContain(words);
}

describe('at once', () => {
  test('two who write save one passage: one version each, or both texts shown; no words are lost', async () => {
    const { work, author, other } = await written();
    const before = (await newest(site, work)).state;
    const sends = Array.from({ length: 10 }, (_, i) =>
      (i % 2 ? author : other).send(`/studio/${work}/passages/p1/states`, {
        base: '1',
        title: '',
        text: `Saved by number ${i}.`,
      }),
    );
    const sent = await Promise.all(sends);
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(1);
    for (const [i, one] of sent.entries()) {
      expect([303, 409]).toContain(one.status);
      keptWords(one, `Saved by number ${i}.`);
    }
    expect((await newest(site, work)).state).toBe(before + 1);
  });

  test('different passages, the header and the choices are saved: all of it or a page that says so', async () => {
    const { work, author, other } = await written();
    const sent = await Promise.all([
      author.send(`/studio/${work}/passages/p1/states`, { base: '1', title: '', text: 'Words of hers.' }),
      other.send(`/studio/${work}/passages/p2/states`, {
        base: '1',
        title: '',
        text: 'Words of his.',
        ending: 'yes',
      }),
      author.change(work, 'passages', { passage: 'p3', title: 'A new one' }),
      other.change(work, 'choices', { from: 'p2', to: 'p3', label: 'On' }),
      author.change(work, 'removals', { passage: 'p3' }),
    ]);
    expect(sent.map(({ status }) => status).filter((status) => ![303, 409, 422].includes(status))).toEqual(
      [],
    );
    const { story } = await newest(site, work);
    const text = story.passages.map(({ html }) => html).join();
    if (sent[0].status === 303) expect(text).toContain('Words of hers.');
    else keptWords(sent[0], 'Words of hers.');
    if (sent[1].status === 303) expect(text).toContain('Words of his.');
    else keptWords(sent[1], 'Words of his.');
  });

  test('a beta suggests, the author publishes, and another takes in what was suggested', async () => {
    const { work, author, other, beta } = await written();
    const page = (await beta.open(`/beta/${work}/passages/p1`)).html;
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
    const from = { base: field('base'), seen: field('seen'), draft: field('draft') };
    const text = 'The ferry was very late.\n\nNobody waited.\n\nThe lamp was out.';
    const suggest = () =>
      beta.send(`/beta/${work}/passages/p1/suggestions`, { ...from, text, do: 'send', keep: '0' });
    await all(
      suggest(),
      suggest(),
      author.send(`/studio/${work}/publication`, { do: 'publish', ...answers }),
      other.send(`/studio/${work}/passages/p2/states`, {
        base: '1',
        title: '',
        text: 'She lit it.',
        ending: 'yes',
      }),
    );
    const open = await listSuggestions(site.archive.store, work, { status: 'open' });
    expect(open).toHaveLength(1);
    const accept = () => author.send(`/studio/${work}/suggestions`, { do: 'accept', id: open[0]?.id ?? '' });
    const decline = () => other.send(`/studio/${work}/suggestions`, { do: 'decline', id: open[0]?.id ?? '' });
    await all(accept(), decline(), accept());
    const [one] = await listSuggestions(site.archive.store, work);
    const isIn = (await newest(site, work)).story.passages[0]?.html.includes('very late') === true;
    expect(one?.status).toBe(isIn ? 'accepted' : 'declined');
  });

  test('a reader chooses while the story is taken back, and its author takes it back while it comes due', async () => {
    const { work, author } = await written();
    await author.send(`/studio/${work}/publication`, { do: 'publish', ...answers });
    const reads = Array.from({ length: 12 }, (_, i) => site.ask(`/works/${work}/read/p${(i % 3) + 1}`));
    const verdict = site.send(`/works/${work}/verdicts`, [
      ['place', 'p1'],
      ['prefers', 'A'],
    ]);
    const back = await author.send(`/studio/${work}/publication`, { do: 'unpublish' });
    expect(back.status).toBe(303);
    for (const answer of [...(await Promise.all(reads)), await verdict])
      expect([200, 303, 403, 404, 422]).toContain(answer.status);
    expect((await site.ask(`/works/${work}/read/p1`)).status).toBe(404);
  });

  test('a text is erased and a work deleted while drafts of them are typed', async () => {
    const { work, author, other } = await written();
    const draft = (text: string, key = 'p2') =>
      other.send(`/studio/${work}/passages/${key}/drafts`, { base: '1', draft: '0', title: '', text });
    const words = 'Half a thought of his.';
    const [typed, erased, again] = await Promise.all([
      draft(words),
      author.send(`/studio/${work}/erase/p2`, { passPhrase: samplePassPhrase }),
      draft(words),
    ]);
    expect(erased.status).toBeLessThan(400);
    for (const one of [typed, again]) {
      expect([303, 409, 404, 422]).toContain(one.status);
      keptWords(one, words);
    }
  });

  test('a work is deleted while its author types and saves in another tab, and its beta suggests', async () => {
    const { store } = site.archive;
    const [author, beta] = [await someone(), await someone()];
    const told = story([passage('p1', 'The ferry was late.'), passage('p2', 'She lit the lamp.')]);
    const work = await draftOf(site, author, 'Soon Gone', told);
    await proposeCredit(store, work, { person: beta.pseud, role: 'beta', by: author.pseud });
    await answerCredit(store, work, { person: beta.pseud, role: 'beta', accept: true });
    const path = `/studio/${work}/passages/p1`;
    const type = (i: number) =>
      author.send(`${path}/drafts`, { base: '1', draft: String(i), title: '', text: `Typed ${i}.` });
    const sends = [
      type(0),
      author.send(`/studio/${work}/delete`, { what: 'delete', passPhrase: samplePassPhrase }),
    ];
    for (let i = 1; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 8));
      sends.push(
        type(i),
        author.send(`${path}/states`, { base: '1', title: '', text: `Saved ${i}.` }),
        beta.send(`/beta/${work}/passages/p2/remarks`, { quote: 'lamp', note: `Remark ${i}.` }),
      );
    }
    const sent = await Promise.all(sends);
    expect(sent[1]?.status).toBe(303);
    await all(...sends);
    const late = await author.send(`${path}/states`, { base: '1', title: '', text: 'Saved too late.' });
    expect(late.status).toBe(410);
    keptWords(late, 'Saved too late.');
    for (const table of ['drafts', 'suggestions', 'states', 'creatorships'] as const) {
      const rows = await store.read.selectFrom(table).select('work_id').where('work_id', '=', work).execute();
      expect([table, rows]).toEqual([table, []]);
    }
  });

  test('an account is deleted while it types, begins works, comments, and is asked to a work', async () => {
    const { work, author } = await written();
    await author.send(`/studio/${work}/publication`, { do: 'publish', ...answers });
    const her = await someone();
    const own = await draftOf(site, her, 'Of Her Own', story([passage('p1', 'Words.')]));
    const { store } = site.archive;
    const leaves = her.send('/account/delete', {
      fate: 'delete',
      comments: 'erase',
      passPhrase: samplePassPhrase,
    });
    const sends: Promise<Sent>[] = [leaves];
    let isGone = false;
    void leaves.then(() => {
      isGone = true;
    });
    for (let i = 0, late = 0; late < 3; i++) {
      if (isGone) late++;
      await new Promise((resolve) => setTimeout(resolve, 8));
      sends.push(
        her.send(`/studio/${own}/passages/p1/drafts`, {
          base: '1',
          draft: String(i),
          title: '',
          text: `Typed ${i}.`,
        }),
        her.send('/studio', { title: `Begun ${i}`, text: 'A text.', start: 'text' }),
        her.send(`/works/${work}/comments`, { words: `Said ${i}.` }),
      );
    }
    await all(...sends);
    const left = await leaves;
    expect(left.status).toBe(200);
    const last = await her.send('/studio', { title: 'Too late', text: 'Words for nothing.', start: 'text' });
    expect(last.status).toBe(403);
    keptWords(last, 'Words for nothing.');
    const people = await store.read.selectFrom('people').select('id').where('id', '=', her.pseud).execute();
    expect(people).toEqual([]);
    // Each of her stories is gone, or can be claimed.
    const works = await store.read.selectFrom('works').select('id').execute();
    const hands = await store.read.selectFrom('creatorships').select('work_id').execute();
    const orphans = await store.read.selectFrom('orphans').select('work_id').execute();
    const reached = new Set([...hands, ...orphans].map(({ work_id }) => work_id));
    expect(works.filter(({ id }) => !reached.has(id))).toEqual([]);
    // What she began meanwhile stays without a name: she is told of it, and given the code.
    expect(left.html.includes('claim-code')).toBe(orphans.length > 0);
  });

  test('nothing of all that left the archive unsound', async () => {
    expect(await checkStore(site.archive.store)).toEqual([]);
  });
});

test('a work that is taken back, put off or deleted while others come due is not published', async () => {
  const { store } = site.archive;
  const her = await someone();
  const due = new Date(Date.now() + 400).toISOString();
  const works: string[] = [];
  for (let i = 0; i < 12; i++) {
    const id = await draftOf(site, her, `Due ${i}`, story([passage('p1', 'Words.')]));
    await scheduleWork(store, id, { rating: 'Not Rated', warnings: ['No Archive Warnings Apply'], due });
    works.push(id);
  }
  works.sort();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const last = works.at(-1) ?? '';
  const put = works.at(-2) ?? '';
  const gone = works.at(-3) ?? '';
  const publishing = publishDue(store);
  await unpublishWork(store, last, { by: her.pseud, why: '' });
  await unpublishWork(store, put, { by: her.pseud, why: '' });
  const later = new Date(Date.now() + 60_000).toISOString();
  await scheduleWork(store, put, { rating: null, warnings: [], due: later });
  await removeWork(store, gone, { by: her.pseud, why: '' });
  expect(await publishing).toEqual({ published: works.slice(0, -3), refused: [] });
  expect([(await getWork(store, last)).stage, (await getWork(store, put)).stage]).toEqual([
    'draft',
    'scheduled',
  ]);
});
