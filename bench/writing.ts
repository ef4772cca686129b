import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CleanHtml } from '../src/html.ts';
import { layOut } from '../src/model/graph/layout.ts';
import { newId } from '../src/model/id.ts';
import type { Passage, Story } from '../src/model/state.ts';
import { emptyHeader } from '../src/model/work.ts';
import { insertRows } from '../src/store/engine/bulk.ts';
import { sealed } from '../src/store/engine/seal.ts';
import { connect } from '../src/store/engine/sqlite.ts';
import { openStore } from '../src/store/index.ts';
import { createWork, reviseWork } from '../src/store/writing.ts';
import { choice, passage, story } from '../src/testing/stories.ts';
import { paragraphs, story as prose, seeded } from '../src/testing/versions.ts';
import { box } from '../src/web/reading/map-plan.ts';
import type { Contestant, Race } from './race.ts';

/** What a writer of a story of 500 passages waits for: the map of it, and a passage to be saved. */
export const writingRaces: readonly Race[] = [
  {
    name: 'layout of 500 passages',
    limit: 'the same graph from JSON',
    ours: 'layout',
    against: 'graph',
    goal: { most: 20 },
  },
  {
    name: 'saving one passage of 500',
    limit: 'bare SQLite, same bytes',
    ours: 'save',
    against: 'rows',
    goal: { most: 4 },
  },
];

const passages = 500;
const wordsEach = 300;
const edited = 250;

export const writingContestants: Readonly<Record<string, Contestant>> = {
  layout: () => (round) => {
    const { keys, edges } = graphOf(round);
    return () => layOut(keys, edges, box);
  },
  graph: () => (round) => {
    const written = JSON.stringify(graphOf(round));
    return () => JSON.parse(written) as unknown;
  },
  save: async () => {
    const store = await openStore(folder());
    const by = newId();
    const row = { id: by, kind: 'pseud', name: 'Measured', site: '', sort_name: 'measured' };
    await insertRows(store, store.write, 'people', [sealed(store, row)]);
    const begun = novel();
    const id = await createWork(store, { title: 'Measured', creators: [by], story: begun, by });
    const header = { ...emptyHeader, title: 'Measured' };
    let base = 1;
    return (round) => {
      const revised = { ...begun, passages: begun.passages.with(edited, written(`p${edited}`, round)) };
      return async () => {
        base = await reviseWork(store, id, { header, story: revised, base, why: 'measured', by });
      };
    };
  },
  rows: () => {
    const { raw } = connect(join(folder(), 'rows.sqlite'), 'write');
    raw.exec('CREATE TABLE texts (hash TEXT PRIMARY KEY, html TEXT)');
    raw.exec('CREATE TABLE states (number INTEGER PRIMARY KEY, entries TEXT, choices TEXT)');
    const putText = raw.prepare('INSERT INTO texts VALUES (?, ?)');
    const putState = raw.prepare('INSERT INTO states (entries, choices) VALUES (?, ?)');
    const begun = novel();
    const entries = JSON.stringify(begun.passages.map((p) => ({ ...p, html: 'f'.repeat(64) })));
    const choices = JSON.stringify(begun.choices);
    const commit = raw.transaction((html: string) => {
      putText.run(newId(), html);
      putState.run(entries, choices);
    });
    return (round) => {
      const { html } = written(`p${edited}`, round);
      return () => commit.immediate(html);
    };
  },
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'variorum-bench-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Three ways on from each passage: to the next, a few further, and one anywhere. */
function graphOf(round: number): { keys: string[]; edges: [from: string, to: string][] } {
  const keys = Array.from({ length: passages }, (_, i) => `p${i}`);
  const edges = keys.flatMap((key, i) =>
    [i + 1, i + 2 + ((i * 7) % 11), (i * 31 + Math.abs(round)) % passages].map((to): [string, string] => [
      key,
      `p${to}`,
    ]),
  );
  return { keys, edges: edges.filter(([, to]) => keys.includes(to)) };
}

function novel(): Story<CleanHtml> {
  const { keys, edges } = graphOf(0);
  const choices = edges.map(([from, to]) => choice(from, to, `On to ${to}`));
  return story(
    keys.map((key, i) => written(key, i)),
    { choices },
  );
}

/** A passage whose words are others for each seed. */
function written(key: string, seed: number): Passage<CleanHtml> {
  return passage(key, paragraphs(prose(seeded(seed + passages), wordsEach)).join('\n\n'));
}
