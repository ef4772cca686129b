import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram, type Site, startSite } from './harness.ts';

const root = join(import.meta.dirname, '..');
const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'variorum-program-'));

describe('a started archive', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site.stop());

  test('says where it is and what to do next', () => {
    expect(site.said()).toMatch(/open at http:\/\/localhost:\d+/);
    expect(site.said()).toContain('3 works to read');
    expect(site.said()).toContain('bin/variorum import');
  });

  test('answers readers', async () => {
    const response = await fetch(site.url);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('</html>')]);
  });

  test('does not let a second process serve the same folder', async () => {
    const second = runProgram(['serve'], { VARIORUM_DATA: site.data, PORT: '0' });
    expect(await second.ended).toBe(4);
    expect(oneLine(second.said())).toContain(site.data);
  });

  test('takes imports and backups while it serves, and shows them at once', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, 'new.md'),
      '---\ntitle: Arrived Later\nrating: General Audiences\nwarnings: No Archive Warnings Apply\n---\n\nIt came while we read.\n',
    );
    const before = await (await fetch(`${site.url}/works`)).text();
    const importing = runProgram(['import', join(folder, 'new.md'), '--publish'], {
      VARIORUM_DATA: site.data,
    });
    expect(await importing.ended, importing.said()).toBe(0);
    const after = await (await fetch(`${site.url}/works`)).text();
    expect([before.includes('Arrived Later'), after.includes('Arrived Later')]).toEqual([false, true]);
    const copying = runProgram(['backup', join(folder, 'copy')], { VARIORUM_DATA: site.data });
    expect(await copying.ended, copying.said()).toBe(0);
  });
});

describe('it stops cleanly', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('on %s, with exit code 0', async (signal) => {
    const site = await startSite({ demo: false });
    site.child.kill(signal);
    expect(await site.ended).toBe(0);
  });
});

describe('it says in one line, with an exit code, when', () => {
  test('the port is in use', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, 'localhost', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const running = runProgram(['serve'], { VARIORUM_DATA: emptyFolder(), PORT: String(port) });
    expect(await running.ended).toBe(4);
    expect(oneLine(running.said())).toContain(String(port));
    taken.close();
  });

  test('the data folder cannot be made', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'data'), 'a file stands in the way');
    const running = runProgram(['serve'], { VARIORUM_DATA: join(folder, 'data'), PORT: '0' });
    expect(await running.ended).not.toBe(0);
    expect(oneLine(running.said())).toContain(join(folder, 'data'));
  });

  test('the data folder is not writable', async () => {
    // What is forbidden by its mode is open to root; nobody makes files in /sys.
    const folder = process.getuid?.() === 0 ? '/sys' : emptyFolder();
    if (folder !== '/sys') chmodSync(folder, 0o500);
    const running = runProgram(['serve'], { VARIORUM_DATA: folder, PORT: '0' });
    expect(await running.ended).not.toBe(0);
    expect(oneLine(running.said())).toContain(folder);
  });

  test('the database is newer than the program', async () => {
    const site = await startSite({ demo: false });
    await site.stop();
    const db = new Database(join(site.data, 'variorum.db'));
    db.prepare(
      "insert into migrations (number, name, applied_at) values (999, 'later', '2030-01-01T00:00:00Z')",
    ).run();
    db.close();
    const running = runProgram(['serve'], { VARIORUM_DATA: site.data, PORT: '0' });
    expect(await running.ended).toBe(4);
    expect(oneLine(running.said())).toMatch(/newer/);
  });

  test('a setting does not fit', async () => {
    const running = runProgram(['serve'], { PORT: 'eighty' });
    expect(await running.ended).toBe(2);
    expect(oneLine(running.said())).toContain('PORT="eighty"');
  });
});

test('the command line runs from any folder', () => {
  const ran = spawnSync(join(root, 'bin', 'variorum'), ['--version'], { cwd: tmpdir(), encoding: 'utf8' });
  expect([ran.status, ran.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
});

test('the packed package serves', async () => {
  const folder = emptyFolder();
  const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder, '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(packed.status, packed.stderr).toBe(0);
  const [{ filename, files }] = JSON.parse(packed.stdout);
  const paths: string[] = files.map((f: { path: string }) => f.path);
  expect(paths).toEqual(
    expect.arrayContaining([
      'bin/variorum',
      'dist/main.js',
      // Without these what takes long would be done where everybody is served.
      'dist/changes-worker.js',
      'dist/compare-worker.js',
      'dist/read-worker.js',
      'dist/text-worker.js',
      'dist/public/style.css',
      'demo/decisions.json',
      'LICENSE',
    ]),
  );
  expect(paths.filter((p) => /^(src|node_modules|\.|data)/.test(p))).toEqual([]);
  expect(filename).toMatch(/^variorum-.*\.tgz$/);
});

function oneLine(said: string): string {
  const lines = said.trim().split('\n');
  expect(lines, said).toHaveLength(1);
  return lines[0] ?? '';
}

test('a reader of its output that goes away does not stop it', async () => {
  const site = await startSite({ demo: false });
  site.child.stdout?.destroy();
  site.child.stderr?.destroy();
  expect((await fetch(site.url)).status).toBe(200);
  await site.stop();
});
