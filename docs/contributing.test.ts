import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src');

/** The program without its tests and what only they use. */
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|testing)\.|\.d\.ts$|^testing\/|^store\/contract\//.test(file))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }));

/** The folder, or the file without its ending, at the top of `src/`. */
function areaOf(file: string): string {
  return file.split('/')[0]?.replace(/\.tsx?$/, '') ?? '';
}

const areas = [...new Set(files.map(({ file }) => areaOf(file)))].filter((area) => area !== 'main').toSorted();

/** The rows of the table in CONTRIBUTING.md: for each area those it may import from. */
function rows(): ReadonlyMap<string, readonly string[]> {
  const named = (cell = '') => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name);
  const lines = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    lines.flatMap((line) => {
      const [, owners, , cell = ''] = line.split('|');
      const allowed = cell.includes('all but') ? areas.filter((area) => !named(cell).includes(area)) : named(cell);
      return named(owners).map((owner) => [owner, [...allowed, ...named(owners)]] as const);
    }),
  );
}

/** What a file imports when it runs, as paths under `src/`; names of types leave no trace. */
function importsOf(file: string, text: string): readonly string[] {
  const from = text.matchAll(/^(?:import|export)(?! type )[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm);
  return [...from].map(([, still, late]) => relative(source, normalize(join(source, dirname(file), still ?? late ?? ''))));
}

describe('the map in CONTRIBUTING.md', () => {
  test('has every folder and file at the top of src/, and none besides', () => {
    expect([...rows().keys()].toSorted()).toEqual(areas);
  });

  test.each(areas)('%s imports only from where it may', (area) => {
    const allowed = rows().get(area) ?? [];
    const others = files
      .filter(({ file }) => areaOf(file) === area)
      .flatMap(({ file, text }) => importsOf(file, text).map((path) => ({ file, path })))
      .filter(({ path }) => !path.startsWith('..') && !allowed.includes(areaOf(path)));
    expect(others).toEqual([]);
  });

  test('SQL stands in the store alone, and the environment is read in config.ts alone', () => {
    const sql = files.filter(({ text }) => /from 'kysely'|from 'better-sqlite3'/.test(text)).map(({ file }) => areaOf(file));
    const environment = files.filter(({ text }) => text.includes('process.env')).map(({ file }) => file);
    expect([new Set(sql), environment]).toEqual([new Set(['store']), ['config.ts']]);
  });
});

describe('the house rules for code', () => {
  const shape = /^export (?:async )?(function\*?|const|interface|type|class) ([\w$]+)(.*)$/;

  /** Every export with the line before it; commands say in their own `brief` what they are. */
  const exported = files.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, i, lines) => {
      const [, kind = '', name = '', rest = ''] = shape.exec(line) ?? [];
      const isValue = kind !== 'type' && kind !== 'interface';
      return name === '' || rest.includes('= buildCommand(') ? [] : [{ file, name, isValue, before: lines[i - 1] ?? '' }];
    }),
  );

  test('every export has a sentence, but for the type of a list that stands right above it', () => {
    const bare = exported.filter(({ before }) => !before.endsWith('*/') && !/^(?:export .*|\] as const);$/.test(before));
    expect(bare.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  test('no function and no value is exported that nobody imports', () => {
    const all = ['src', 'browser', 'bench', 'soak', 'docs'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => ({ file: folder === 'src' ? file : join('..', folder, file), text: readFileSync(join(root, folder, file), 'utf8') })),
    );
    const users = new Map<string, Set<string>>();
    for (const { file, text } of all)
      for (const word of text.match(/[\w$]+/g) ?? []) users.set(word, (users.get(word) ?? new Set()).add(file));
    const alone = exported.filter(({ file, name, isValue }) => isValue && [...(users.get(name) ?? [])].every((user) => user === file));
    expect(alone.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });
});

describe('decision 001', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const table = readFileSync(join(root, 'decisions/001-few-libraries.md'), 'utf8').split('\n').filter((line) => line.startsWith('| '));

  /** The names of a first cell; `-gfm` after `mdast-util-from-markdown` is `mdast-util-gfm`. */
  const named = table.flatMap((line) => (line.split('|')[1] ?? '').split(',').map((name) => name.trim()));

  test.each(Object.keys(dependencies))('%s stands with what it is for', (name) => {
    expect(named.some((n) => n === name || (n.startsWith('-') && name.endsWith(n)))).toBe(true);
  });

  test('names only places that are there', () => {
    const places = table.flatMap((line) => [...line.matchAll(/`(src\/[^`]+)`/g)].map(([, place = '']) => place));
    const there = new Set(files.flatMap(({ file }) => [`src/${file}`, `src/${dirname(file)}/`]));
    for (const { file } of files) for (let up = dirname(file); up !== '.'; up = dirname(up)) there.add(`src/${up}/`);
    expect(places.filter((place) => !there.has(place))).toEqual([]);
  });
});
