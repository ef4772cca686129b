import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { exporters } from '../export/index.ts';
import { tagKinds } from '../model/views.ts';
import { getWork } from '../store/works.ts';
import { routes } from './app.ts';
import { type Crowd, crowd } from './crowd.testing.ts';
import { openSite, type TestSite } from './site.testing.ts';
import { addressesOf, partsOf } from './walk.testing.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: TestSite;
let of: Crowd;
beforeAll(async () => {
  site = await openSite();
  of = await crowd(site);
});
afterAll(() => site.close());

/** What may stand for each part of an address. A route with a part that is not here fails the first test. */
const parts: Readonly<Record<string, () => readonly string[]>> = {
  handle: () => Object.values(of.works),
  file: () => Object.values(of.works).flatMap((id) => exporters.map(({ name }) => `${id}.${name}`)),
  passage: () => of.keys,
  key: () => of.keys,
  pair: () => ['A...B', 'A...C', 'p1.A...p1.C', 's1...s2', 's2...s3', 's1...s3', 's2...s4', 's3...s4'],
  place: () => ['p1', 'p4'],
  siglum: () => ['C'],
  hash: () => [of.picture],
  id: () => [...of.comments, of.author.pseud.id, of.beta.pseud.id],
  kind: () => tagKinds,
  name: () => ['Rivers', 'nothing'],
  feed: () => [of.author, of.beta].map(({ pseud }) => `${pseud.id}.atom`),
  year: () => [String(new Date().getUTCFullYear())],
  month: () => [new Date().toISOString().slice(5, 7)],
  code: () => ['nothing'],
  token: () => ['nothing'],
  batch: () => ['abatch'],
};

/** All that an answer says: its headers, and its words, those of the files in a zip too. */
async function wordsOf(response: Response): Promise<string> {
  const head = [...response.headers].map((pair) => pair.join(': ')).join('\n');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const files = isZip ? Object.entries(unzipSync(bytes)).flatMap(([name, file]) => [name, textOf(file)]) : [];
  return [head, textOf(bytes), ...files].join('\n');
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** What of the unpublished stands in an answer. */
async function leaks(response: Response): Promise<readonly string[]> {
  const words = await wordsOf(response);
  return [...of.canaries].flatMap(([word, where]) => (words.includes(word) ? [where] : []));
}

/** Whose own page it is, of which she is the name. */
function isHers(path: string, where: string): boolean {
  return path.includes(of.beta.pseud.id) && where === 'the name of a beta who is not named';
}

const gets = routes.flatMap(([method, path]) => (method === 'GET' ? [path] : []));

test('the walk knows what may stand for every part of every address', () => {
  expect(gets.flatMap(partsOf).filter((name) => parts[name] === undefined)).toEqual([]);
});

describe.each(['guest', 'stranger'] as const)('to a %s', (who) => {
  const ask = (path: string) =>
    site.ask(path, who === 'guest' ? {} : { headers: { cookie: of.stranger.cookie } });

  test('no address of the site says what is not published', async () => {
    const found: string[] = [];
    let opened = 0;
    for (const route of gets)
      for (const path of addressesOf(route, parts)) {
        const response = await ask(path);
        if (response.status === 200) opened++;
        for (const where of await leaks(response)) if (!isHers(path, where)) found.push(`${path}: ${where}`);
      }
    expect(found).toEqual([]);
    expect(opened).toBeGreaterThan(50);
  });

  test('searches, tags and lists answer as if those words were nowhere', async () => {
    const found: string[] = [];
    const nothing = 'zzyzxnowhere';
    const queries = (word: string): readonly string[] => [
      `/search?q=${word}`,
      `/works?q=${word}`,
      ...tagKinds.map((kind) => `/tags/${kind}/${word}`),
    ];
    for (const [word, where] of of.canaries) {
      const none = queries(nothing);
      for (const [i, path] of queries(word).entries()) {
        const [real, other] = [await ask(path), await ask(none[i] ?? '')];
        const [said, unsaid] = [await real.text(), await other.text()];
        if (real.status !== other.status || said.replaceAll(word, nothing) !== unsaid)
          found.push(`${path}: ${where}`);
      }
    }
    expect(found).toEqual([]);
  });

  test('the secret address of a published work shows what is published', async () => {
    const { secret } = await getWork(site.archive.store, of.works.published ?? '');
    const found: string[] = [];
    for (const route of gets.filter((path) => /:(?:handle|file)/.test(path) && path.startsWith('/works')))
      for (const plain of addressesOf(route, parts)) {
        const path = plain.replace(of.works.published ?? '', `${of.works.published}-${secret}`);
        if (path === plain) continue;
        for (const where of await leaks(await ask(path))) found.push(`${path}: ${where}`);
      }
    expect(found).toEqual([]);
  });
});
