import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { say } from '../testing/terminal.ts';
import { application, commands } from './index.ts';
import { exitCodes } from './terminal.ts';

const page = `Fic: The Lamp
28th-May-2006 12:47 pm

Title: The Lamp
Author: Wick
Fandom: None.

Ada lit the lamp.



It burned all night, and in the morning she went home.

Alternate ending:

It went out, and she stayed.

28th-May-2006 07:48 pm (UTC)
The second one!

28th-May-2006 08:10 pm (UTC)
Both.
`;

let folder: string;
let data: string;
const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-cli-'));
  data = join(folder, 'data');
});

describe('import', () => {
  test('stores a draft, prints its secret link and what there is to decide', async () => {
    const { out, code } = await say(data, 'import', put('lamp.txt', page));
    expect(code).toBe(exitCodes.done);
    expect(out).toMatch(/\? lamp\.txt +The Lamp .* 2 endings +2 comments +1 to decide/);
    expect(out).toMatch(/\/works\/[0-9a-z]{10}-[0-9a-z]{26}/);
    expect(out).toContain("--set 'variantSets[0].place=");
  });

  test('the same page again changes nothing; a later copy adds its comments', async () => {
    await say(data, 'import', put('lamp.txt', page));
    expect((await say(data, 'import', put('lamp.txt', page))).out).toContain('the same as before');
    const later = `${page}\n29th-May-2006 09:00 am (UTC)\nThe first, please.\n`;
    expect((await say(data, 'import', put('lamp(1).txt', later))).out).toContain(
      'same page, 1 comment newer',
    );
  });

  test('a copy that contradicts is reported, not merged', async () => {
    await say(data, 'import', put('lamp.txt', page));
    const other = page.replace('all night', 'all day');
    const { out, code } = await say(data, 'import', put('lamp.txt', other));
    expect([out.includes('1 in contradiction'), code]).toEqual(
      out.includes('contradiction') ? [true, 1] : [false, 0],
    );
  });

  test('decisions are applied, kept, and applied again', async () => {
    const path = put('lamp.txt', page);
    const decided = await say(data, 'import', path, '--fork-at', '1', '--set', 'title=The Long Lamp');
    expect(decided.out).toMatch(/✓ lamp\.txt +The Long Lamp/);
    expect((await say(data, 'import', path)).out).toContain('the same as before: The Long Lamp');
  });

  test('publishes what is decided and rated, and says why it did not', async () => {
    const path = put('lamp.txt', page);
    const undecided = await say(
      data,
      'import',
      path,
      '--publish',
      '--rating',
      'General Audiences',
      '--warnings',
      'No Archive Warnings Apply',
    );
    expect(undecided.out).toContain('not published');
    const decided = await say(
      data,
      'import',
      path,
      '--publish',
      '--fork-at',
      '1',
      '--rating',
      'General Audiences',
      '--warnings',
      'No Archive Warnings Apply',
    );
    expect(decided.out).not.toContain('not published');
    expect(decided.out).not.toContain('secret links');
  });

  test('one bad file is refused with its reason and the rest go on', async () => {
    put('a.html', '');
    put('b.txt', page);
    const { out, code } = await say(data, 'import', folder);
    expect(code).toBe(exitCodes.notAll);
    expect(out).toMatch(/✗ a\.html +.*empty/);
    expect(out).toMatch(/b\.txt +The Lamp/);
    expect(out).toMatch(/2 files: 1 work, 2 comments · 1 refused/);
  });

  test('a dry run stores nothing', async () => {
    const path = put('lamp.txt', page);
    expect((await say(data, 'import', '--dry-run', path)).out).toContain('Nothing was stored');
    expect((await say(data, 'import', path)).out).not.toContain('the same as before');
  });

  test('speaks JSON, a line a file', async () => {
    const { out } = await say(data, 'import', '--json', put('lamp.txt', page));
    expect(JSON.parse(out)).toMatchObject({
      kind: 'taken',
      importer: 'text',
      works: [{ title: 'The Lamp', comments: 2 }],
    });
  });
});

describe('inspect', () => {
  test('shows facts and an empty remainder, and stores nothing', async () => {
    const { out, code } = await say(data, 'inspect', put('lamp.txt', page));
    expect(code).toBe(exitCodes.done);
    expect(out).toContain('Nothing remains');
    expect(out).toContain('undecided');
    expect(existsSync(data)).toBe(false);
  });

  test('prints an Edition a line with --json', async () => {
    const { out } = await say(data, 'inspect', '--json', put('lamp.txt', page));
    expect(JSON.parse(out.trim())).toMatchObject({
      format: 'variorum-edition',
      version: 1,
      work: { title: 'The Lamp' },
    });
  });
});

describe('a work', () => {
  const importOne = async (): Promise<string> => {
    const { out } = await say(data, 'import', put('lamp.txt', page), '--fork-at', '1');
    return /\/works\/([0-9a-z]{10}-[0-9a-z]{26})/.exec(out)?.[1] ?? 'none';
  };

  test('is published, hidden, exported and erased by its address', async () => {
    const handle = await importOne();
    const id = handle.slice(0, 10);
    expect((await say(data, 'publish', handle)).code).toBe(exitCodes.misuse);
    const published = await say(
      data,
      'publish',
      `http://localhost:4870/works/${handle}/read/p1`,
      '--rating',
      'General Audiences',
      '--warnings',
      'No Archive Warnings Apply',
    );
    expect(published.out).toContain('Published: The Lamp, for everyone.');
    const book = join(folder, 'lamp.md');
    expect((await say(data, 'export', id, '--as', 'md', '--to', book)).code).toBe(exitCodes.done);
    expect(readFileSync(book, 'utf8')).toContain('Ada lit the lamp.');
    expect((await say(data, 'hide', id)).out).toContain('Hidden: The Lamp');
    const asked = await say(data, 'remove', id);
    expect([asked.code, asked.err]).toEqual([exitCodes.misuse, expect.stringContaining('--yes')]);
    expect((await say(data, 'remove', id, '--yes')).out).toContain('Erased: The Lamp');
    expect((await say(data, 'export', id)).code).toBe(exitCodes.notFound);
    const again = await say(data, 'import', join(folder, 'lamp.txt'));
    expect([again.code, again.out]).toEqual([exitCodes.notAll, expect.stringContaining('✗')]);
  });

  test('with something undecided is not published, and how to decide it is said', async () => {
    const { out } = await say(data, 'import', put('lamp.txt', page));
    const handle = /\/works\/([0-9a-z]{10}-[0-9a-z]{26})/.exec(out)?.[1] ?? 'none';
    const answers = ['--rating', 'General Audiences', '--warnings', 'No Archive Warnings Apply'];
    const refused = await say(data, 'publish', handle, ...answers);
    expect(refused.code).toBe(exitCodes.misuse);
    expect(refused.err).toContain(`/studio/${handle.slice(0, 10)}/review`);
    const way = /import lamp\.txt --set '(variantSets\[0\]\.place=[\d:]+)'/.exec(refused.err)?.[1] ?? 'none';
    await say(data, 'import', join(folder, 'lamp.txt'), '--set', way);
    expect((await say(data, 'publish', handle, ...answers)).code).toBe(exitCodes.done);
  });

  test('is kept out by do-not-import', async () => {
    const handle = await importOne();
    const { out } = await say(data, 'inspect', '--json', join(folder, 'lamp.txt'));
    const sha = JSON.parse(out.trim()).sources[0].sha256;
    expect(await say(data, 'do-not-import')).toMatchObject({ out: '', err: 'Nothing is refused.\n' });
    await say(data, 'do-not-import', sha, '--why', 'she asked');
    expect((await say(data, 'do-not-import')).out).toContain('she asked');
    await say(data, 'remove', handle, '--yes');
    expect((await say(data, 'import', join(folder, 'lamp.txt'))).code).toBe(exitCodes.notAll);
  });

  test('survives backup and restore, and stays removed', async () => {
    const handle = await importOne();
    const copy = join(folder, 'copy.backup');
    await say(data, 'backup', copy);
    await say(data, 'remove', handle, '--yes');
    expect((await say(data, 'restore', copy)).code).toBe(exitCodes.conflict);
    expect((await say(data, 'restore', copy, '--force')).out).toContain('1 removal');
    expect((await say(data, 'export', handle)).code).toBe(exitCodes.notFound);
    expect((await say(data, 'check')).out).toContain('The archive is whole.');
  });
});

describe('typed wrong', () => {
  const wrong: readonly (readonly [string, readonly string[], number, string])[] = [
    ['an unknown command', ['imprt', 'x'], exitCodes.misuse, 'There is no command “imprt”; perhaps import'],
    [
      'an unknown flag',
      ['import', 'x', '--publsh'],
      exitCodes.misuse,
      'There is no flag --publsh; perhaps --publish',
    ],
    ['no file', ['import'], exitCodes.misuse, 'path'],
    ['a file that is not there', ['import', '/no/such/page.html'], exitCodes.notFound, '/no/such/page.html'],
    [
      'a rating that is none',
      ['import', '.', '--rating', 'PG'],
      exitCodes.misuse,
      '--rating cannot be “PG”: it is one of Not Rated, General',
    ],
    ['a scene that is no number', ['import', '.', '--fork-at', 'two'], exitCodes.misuse, 'two'],
    ['a set without a value', ['import', '.', '--set', 'title'], exitCodes.misuse, 'field=value'],
    [
      'a decisions file that is none',
      ['import', '.', '--decisions', 'package.json'],
      exitCodes.misuse,
      'package.json',
    ],
    ['a work that is none', ['publish', 'The Lamp'], exitCodes.misuse, 'names no work'],
    ['an archive that is not there', ['check'], exitCodes.notFound, 'variorum'],
    ['a thing not to import that names nothing', ['do-not-import', 'x y z'], exitCodes.misuse, 'name@site'],
    ['a format that is none', ['export', 'aaaaaaaaaa', '--as', 'pdf'], exitCodes.misuse, 'epub'],
  ];
  test.each(wrong)('%s is said in a line, with what would be right', async (_, args, code, words) => {
    const said = await say(data, ...args);
    expect(said.code).toBe(code);
    expect(said.err).toContain(words);
    expect(said.err.trim().split('\n').length).toBeLessThanOrEqual(3);
  });
});

test.each(Object.keys(commands))('%s --help explains itself', async (name) => {
  const { out, code } = await say(data, name, '--help');
  expect(code).toBe(0);
  expect(out).toContain('USAGE');
  expect(out.length).toBeGreaterThan(150);
});

test('the application knows its version', async () => {
  expect(application.config.versionInfo).toBeDefined();
  expect((await say(data, '--version')).out).toMatch(/^\d+\.\d+\.\d+/);
});
