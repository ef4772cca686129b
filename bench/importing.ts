import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'parse5';
import { cleanHtml } from '../src/html.ts';
import { takeIn } from '../src/intake/intake.ts';
import { openStore } from '../src/store/index.ts';
import { savedPage } from './pages.ts';
import type { Contestant, Race } from './race.ts';

/** A saved page of 1.1 MB with 500 comments: cleaned whole, and taken into an archive; against its parser alone. */
export const importRaces: readonly Race[] = [
  {
    name: 'parse and clean a 1.1 MB page',
    limit: 'parse5 alone',
    ours: 'clean',
    against: 'parse5',
    peers: [{ name: 'DOMPurify and jsdom', contestant: 'dompurify' }],
    goal: { most: 1.2 },
  },
  {
    name: 'import that page with 500 comments',
    limit: 'parse5 alone',
    ours: 'import',
    against: 'parse5',
    goal: { most: 2.5 },
  },
];

export const importContestants: Readonly<Record<string, Contestant>> = {
  parse5: () => (round) => {
    const page = savedPage(round);
    return () => parse(page, { scriptingEnabled: false });
  },
  clean: () => (round) => {
    const page = savedPage(round);
    return () => cleanHtml(page);
  },
  dompurify: async () => {
    const [{ JSDOM }, { default: createPurifier }] = await Promise.all([
      import('jsdom'),
      import('dompurify'),
    ]);
    const purifier = createPurifier(new JSDOM('').window);
    return (round) => {
      const page = savedPage(round);
      return () => purifier.sanitize(page);
    };
  },
  import: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'variorum-bench-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    const store = await openStore(folder);
    return (round) => {
      const source = { path: `${round}.html`, bytes: Buffer.from(savedPage(round)) };
      const found = { kind: 'file', source, beside: new Map() } as const;
      return async () => {
        const taken = await takeIn(store, found, { by: null, decisions: [], publish: null, dryRun: false });
        if (taken.kind === 'refused' || taken.works[0]?.outcome?.kind !== 'new') {
          throw new Error(`bench: the page was not imported: ${JSON.stringify(taken).slice(0, 300)}`);
        }
      };
    };
  },
};
