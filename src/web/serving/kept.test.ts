import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raw } from 'hono/html';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import type { CleanHtml } from '../../html.ts';
import type { Edition } from '../../model/edition.ts';
import { saveEdition } from '../../store/editions.ts';
import { closeStore, openStore, type Store } from '../../store/index.ts';
import { sampleComment, sampleSource } from '../../store/sample-works.testing.ts';
import { eraseText, getWork, hideWork, publishWork, removeWork } from '../../store/works.ts';
import { choice, dividesAfter, edition, passage, story } from '../../testing/stories.ts';
import { seeded } from '../../testing/versions.ts';
import { createApp } from '../app.ts';
import type { Archive } from '../archive.ts';
import { compose, KeptWorks } from './kept.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-kept-'));
  store = await openStore(folder);
});
afterEach(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

function archiveOver(over: Store, cacheMegabytes = 64): Archive {
  const config = { ...readConfig({}), data: folder, cacheMegabytes };
  return { store: over, config, url: 'http://localhost:4870', name: 'Variorum' };
}

const arrival = { why: 'imported', by: null };
const answers = { rating: 'Mature', warnings: ['No Archive Warnings Apply'] } as const;
const page = (name: string) => sampleSource(name, { origin: `journal.example/${name}` });

/** A reading of a page: the same page each time, other words, names, comments and images by chance. */
function reading(name: string, version: number, random: () => number): Edition<CleanHtml> {
  const some = (text: string): string => `${text} ${Math.floor(random() * 1000)} “<&>” ${name}`;
  const comments = Array.from({ length: Math.floor(random() * 8) }, (_, i) =>
    sampleComment(`c${i}`, some('I think'), {
      parent: i > 0 && random() < 0.6 ? `c${i - 1}` : null,
      state: random() < 0.2 ? 'screened' : random() < 0.2 ? 'deleted' : 'shown',
      about: random() < 0.3 ? { kind: 'passage', key: 'p3' } : { kind: 'work' },
    }),
  );
  const passages = ['p1', 'p2', 'p3', 'p4'].map((key) =>
    passage(key, some(`It was ${key}.`), { title: some('Part'), ending: key > 'p2' }),
  );
  const choices =
    random() < 0.5
      ? [choice('p1', 'p2', some('Go on'), [{ kind: 'visited', passage: 'p1', holds: true }])]
      : [];
  const told = story(passages, { choices, variantSets: [dividesAfter('p2', 'p3', 'p4')] });
  const sources = [{ ...page(name).record, importerVersion: version }];
  return edition(some(name), told, { comments, sources });
}

async function addWork(name: string, random: () => number): Promise<string> {
  const outcome = await saveEdition(store, reading(name, 1, random), [page(name).file], arrival);
  if (outcome.kind !== 'new') throw new Error(`not new: ${outcome.kind}`);
  await publishWork(store, outcome.workId, answers);
  return outcome.workId;
}

const rests = [
  '',
  '/read/p1',
  '/read/p2',
  '/read/p3',
  '/read/p3?seen=p1',
  '/read/p4',
  '/whole',
  '/comments',
  '/comments?about=A',
  '/comments?order=newest',
  '/comments?after=x',
];

describe('pages put together from kept pieces', () => {
  test.each([1, 2, 3])(
    'are those made from nothing, whatever happens to works (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const other = await openStore(folder);
      const kept = createApp(archiveOver(store));
      const plain = createApp(archiveOver(other, 0));
      const names = ['lamp', 'ferry'];
      const works = [await addWork('lamp', random), await addWork('ferry', random)];
      const secrets = await Promise.all(works.map(async (id) => (await getWork(store, id)).secret));
      const statuses = new Set<number>();
      for (let step = 0; step < 14; step++) {
        const at = Math.floor(random() * works.length);
        const id = works[at] ?? '';
        const acts = [
          () =>
            saveEdition(
              store,
              reading(names[at] ?? '', step + 2, random),
              [page(names[at] ?? '').file],
              arrival,
            ),
          () => publishWork(store, id, answers),
          () => hideWork(other, id, 'host', 'asked'),
          () => eraseText(random() < 0.5 ? store : other, id, 'p3', { by: 'host', why: 'asked' }),
        ];
        // In the last steps works go altogether.
        if (step >= 12) await removeWork(other, id, { by: 'host', why: 'asked' }).catch(() => undefined);
        else await acts[Math.floor(random() * acts.length)]?.();
        for (const [i, work] of works.entries()) {
          for (const rest of rests.flatMap((r) => [`${work}${r}`, `${work}-${secrets[i]}${r}`])) {
            const [is, shouldBe] = [
              await kept.request(`/works/${rest}`),
              await plain.request(`/works/${rest}`),
            ];
            statuses.add(is.status);
            expect([is.status, [...is.headers]], rest).toEqual([shouldBe.status, [...shouldBe.headers]]);
            expect(await is.text(), rest).toBe(await shouldBe.text());
          }
        }
      }
      expect([...statuses].sort()).toEqual([200, 404, 410, 422]);
      await closeStore(other);
    },
    60_000,
  );
});

describe('kept works', () => {
  test('outlive what is written to other works, and not what is written to them', async () => {
    const random = seeded(4);
    const id = await addWork('lamp', random);
    const works = new KeptWorks(archiveOver(store), 1_000_000);
    const first = await works.get(id);
    const piece = await first.piece('words', () => raw('<p>Said.</p>'));
    await addWork('ferry', random);
    expect(await works.get(id)).toBe(first);
    expect(await first.piece('words', () => raw('<p>Not asked.</p>'))).toBe(piece);
    await hideWork(store, id, 'host', 'asked');
    expect((await works.get(id)).work.stage).toBe('hidden');
  });

  test('take no more memory than they may, and forget first what was not asked for longest', async () => {
    const random = seeded(5);
    const ids = [await addWork('lamp', random), await addWork('ferry', random)];
    const works = new KeptWorks(archiveOver(store), 40_000);
    const [first] = await Promise.all(ids.map((id) => works.get(id)));
    for (let i = 0; i < 50; i++) {
      const work = await works.get(ids[0] ?? '');
      await work.piece(`${i}`, () => raw('x'.repeat(1000)));
      expect(works.size).toBeLessThanOrEqual(40_000);
    }
    expect(await works.get(ids[0] ?? '')).not.toBe(first);
    expect(works.size).toBeGreaterThan(0);
  });

  test('are not kept where nothing may be', async () => {
    const id = await addWork('lamp', seeded(6));
    const works = new KeptWorks(archiveOver(store), 0);
    expect(await works.get(id)).not.toBe(await works.get(id));
    expect(works.size).toBe(0);
  });
});

describe('a page and its pieces', () => {
  test('have a tag by their bytes, and words that look like a mark stay words', async () => {
    const works = new KeptWorks(archiveOver(store), 1_000_000);
    const work = await works.get(await addWork('lamp', seeded(7)));
    const one = await work.piece('one', () => raw('<b>é</b>'));
    const same = await work.piece('same', () => raw('<b>é</b>'));
    const other = await work.piece('other', () => raw('<b>e</b>'));
    const made = compose(`<p>${one.mark}</p>`, [one]);
    expect(made.bytes.toString()).toBe('<p><b>é</b></p>');
    expect(compose(`<p>${same.mark}</p>`, [same])).toEqual(made);
    expect(compose(`<p>${other.mark}</p>`, [other]).tag).not.toBe(made.tag);
    expect(compose('<p><!--0 0--></p>', []).bytes.toString()).toBe('<p><!--0 0--></p>');
    expect(() => compose('<p></p>', [one])).toThrow('does not stand in its page');
  });
});
