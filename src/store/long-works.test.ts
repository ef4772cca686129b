import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CleanHtml } from '../html.ts';
import { writePassage } from '../model/edit.ts';
import type { Passage } from '../model/state.ts';
import { addPerson } from './contract/writing.ts';
import { closeStore, openStore, type Store } from './index.ts';
import { samplePassage } from './sample-works.testing.ts';
import { eraseText, getState, publishWork } from './works.ts';
import { createWork, readWritten, reviseWork } from './writing.ts';

const rated = { rating: 'General Audiences', warnings: ['No Archive Warnings Apply'] } as const;
const passages = 120;
const longText = 'and the lamp was lit again '.repeat(200);

let folder: string;
let store: Store;
let sent: ReturnType<typeof watch>;
let id: string;
let by: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-'));
  store = await openStore(folder);
  sent = watch(store);
  by = await addPerson(store, 'Ferrywoman');
  const keys = Array.from({ length: passages }, (_, i) => `p${i + 1}`);
  const story = {
    passages: keys.map((key) => samplePassage(key, `${key} ${longText}`)),
    choices: [],
    variantSets: [],
  };
  id = await createWork(store, { title: 'Long', creators: [by], story, by });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await closeStore(store);
  rmSync(folder, { recursive: true, force: true });
});

/** What went to the database and came from it, counted since it was last looked at. */
interface Sent {
  /** Characters of the values sent, and how many statements that write. */
  readonly characters: number;
  readonly writes: number;
  /** Rows of texts that were read. */
  readonly texts: number;
}

/** Watches the driver of SQLite itself: what reaches it was sent, whoever sent it. */
function watch({ sqlite }: Store): Sent & { clear(): void } {
  const counted = { characters: 0, writes: 0, texts: 0, clear: () => {} };
  counted.clear = () => Object.assign(counted, { characters: 0, writes: 0, texts: 0 });
  for (const { raw } of [sqlite?.read, sqlite?.write].flatMap((c) => c ?? [])) {
    const prepare = raw.prepare.bind(raw);
    vi.spyOn(raw, 'prepare').mockImplementation((text: string) => {
      const statement = prepare(text);
      for (const way of ['run', 'all'] as const) {
        const whole = statement[way].bind(statement) as (...values: unknown[]) => unknown;
        Object.defineProperty(statement, way, {
          value: (...values: unknown[]) => {
            for (const value of values) if (typeof value === 'string') counted.characters += value.length;
            if (!statement.readonly) counted.writes++;
            const result = whole(...values);
            if (Array.isArray(result) && / from "texts"/.test(text)) counted.texts += result.length;
            return result;
          },
        });
      }
      return statement;
    });
  }
  return counted;
}

async function rewrite(key: string, words: string): Promise<void> {
  const { number } = await newest();
  const { header, story } = await readWritten(store, id, number);
  const html = `<p>${words}</p>` as CleanHtml;
  const revised = writePassage(story, key, { html, words: words.split(' ').length });
  sent.clear();
  await reviseWork(store, id, { header, story: revised, base: number, why: '', by });
}

async function newest(): Promise<{ readonly number: number }> {
  const row = await store.read
    .selectFrom('works')
    .select('newest as number')
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? { number: 0 };
}

test('saving one passage of many sends that passage and the outline of the story, and reads no texts', async () => {
  await rewrite('p7', 'The seventh was rewritten.');
  const whole = passages * longText.length;
  const { entries } = await getState(store, id, 2);
  expect(sent.characters).toBeLessThan(JSON.stringify(entries).length + 5000);
  expect(sent.characters).toBeLessThan(whole / 10);
  expect(sent.texts).toBe(0);
  // Begin, a text, a state, the newest state of the work, the one readers see, and the end.
  expect(sent.writes).toBeLessThanOrEqual(6);
  expect((await readWritten(store, id, 2)).story.passages[6]?.html).toBe('<p>The seventh was rewritten.</p>');
});

test('the text of a passage that is handed on as it was read is not hashed again', async () => {
  const { header, story } = await readWritten(store, id, 1);
  const before = (await getState(store, id, 1)).entries;
  // No passage ever changes. Were its text hashed anew, this one would have another address.
  const [first] = story.passages as Passage<CleanHtml>[];
  Object.assign(first ?? {}, { html: '<p>Other words.</p>' });
  const revised = writePassage(story, 'p9', { html: '<p>Nine.</p>' as CleanHtml, words: 1 });
  await reviseWork(store, id, { header, story: revised, base: 1, why: '', by });
  const after = (await getState(store, id, 2)).entries;
  expect(after.flatMap((e, i) => (e.textHash === before[i]?.textHash ? [] : [e.key]))).toEqual(['p9']);
});

test('publishing after one passage was changed reads that text for the index and writes no other there', async () => {
  await publishWork(store, id, { ...rated, by });
  await rewrite('p7', 'The seventh was rewritten.');
  sent.clear();
  await publishWork(store, id, { rating: null, warnings: [], by });
  expect(sent.characters).toBeLessThan(passages * 150 + 5000);
  expect(sent.writes).toBeLessThan(12);
  // All of them to see what is published, one of them for the index.
  expect(sent.texts).toBeLessThanOrEqual(passages + 1);
});

test('a state is read with its own texts and not with all that the work ever had', async () => {
  for (const words of ['One.', 'Two.', 'Three.']) await rewrite('p7', words);
  sent.clear();
  const { story } = await readWritten(store, id, 4);
  expect(sent.texts).toBe(passages);
  expect(story.passages[6]?.html).toBe('<p>Three.</p>');
  await eraseText(store, id, 'p7', { by: 'host', why: 'asked' });
  expect((await readWritten(store, id, 2)).story.passages[6]?.html).toBe('');
});
