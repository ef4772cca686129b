import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { Invalid, Unreadable } from '../../errors.ts';
import { checkEdition } from '../../model/validate.ts';
import { openFile } from '../open.ts';
import { editionImporter, isEditionJson } from './index.ts';
import { editionJsonSchema } from './schema.ts';

const minimal = {
  format: 'variorum-edition',
  version: 1,
  work: { title: 'T' },
  passages: [{ key: 'p1', html: '<p>x</p>' }],
};

function open(text: string) {
  return openFile({ path: 'a.json', bytes: new TextEncoder().encode(text) });
}

function read(document: object | string) {
  const file = open(typeof document === 'string' ? document : JSON.stringify(document));
  expect(isEditionJson(file)).toBe(true);
  const { editions } = editionImporter.read(file, []);
  for (const edition of editions) checkEdition(edition);
  return editions;
}

describe('a document is told by its format', () => {
  test('wherever in the object it says so', () => {
    expect(isEditionJson(open('\uFEFF {"version": 1, "format" : "variorum-edition"}'))).toBe(true);
  });

  test('and other JSON or prose about the format is not one', () => {
    expect(isEditionJson(open('{"format": "something-else"}'))).toBe(false);
    expect(isEditionJson(open('It says "format": "variorum-edition" at the top.'))).toBe(false);
  });
});

describe('a fault is named by its path', () => {
  const faults: [string, object, string][] = [
    ['a number for a key', { passages: [{ key: 3, html: '' }] }, 'edition: passages[0].key: expected string'],
    ['no passages', { passages: undefined }, 'edition: passages: expected array'],
    ['a later version', { version: 2 }, 'edition: version: expected 1'],
    ['a rating of its own', { work: { rating: 'Spicy' } }, 'edition: work.rating: expected one of'],
    [
      'a date in words',
      { work: { posted: { instant: 'yesterday' } } },
      'edition: work.posted.instant: expected a moment in UTC',
    ],
    [
      'an unknown kind of author',
      { comments: [{ id: '1', html: '', author: { kind: 'bot' } }] },
      'author.kind',
    ],
    [
      'no hash',
      { sources: [{ sha256: 'abc', name: 'x', size: 1, importer: 'y' }] },
      'sources[0].sha256: expected a SHA-256',
    ],
    [
      'bytes that are none',
      { resources: [{ path: 'x', mediaType: 'image/png', sha256: 'a'.repeat(64), base64: '!' }] },
      'resources[0].base64: expected bytes',
    ],
    [
      'bytes of another hash',
      { resources: [{ path: 'x', mediaType: 'image/png', sha256: 'a'.repeat(64), base64: 'QUJD' }] },
      'resources[0].sha256: not the hash',
    ],
    [
      'a way to nowhere',
      { choices: [{ from: 'p1', to: 'p9' }] },
      'edition: choices[0].to: no passage has the key "p9"',
    ],
  ];
  test.each(faults)('%s', (_, change, message) => {
    expect(() => read({ ...minimal, ...change })).toThrow(Invalid);
    expect(() => read({ ...minimal, ...change })).toThrow(message);
  });

  test('and by its line, where every line is a document', () => {
    const line = JSON.stringify(minimal);
    expect(() => read(`${line}\n\n${line.replace('"p1"', '1')}`)).toThrow(
      'edition: line 3: passages[0].key: expected string',
    );
    expect(() => read(`${line}\n{"format"`)).toThrow('"a.json, line 2"');
  });

  test('and all faults of a file are told at once, the rest of very many counted', () => {
    expect(() => read({ ...minimal, passages: [{}], version: 2 })).toThrow(
      /version: .*; passages\[0\]\.key: .*; passages\[0\]\.html: /,
    );
    const line = JSON.stringify(minimal).replace('"p1"', '1');
    expect(() => read(`${line}\n${line}`)).toThrow(/line 1: passages.*; line 2: passages/);
    const many = Array.from({ length: 30 }, () => ({ key: 1, html: '' }));
    expect(() => read({ ...minimal, passages: many })).toThrow('(and 20 more)');
    const choices = Array.from({ length: 3 }, (_, i) => ({ from: 'p1', to: `x${i}` }));
    expect(() => read({ ...minimal, choices })).toThrow(
      /choices\[0\]\.to: .*; choices\[1\]\.to: .*; choices\[2\]/,
    );
  });
});

describe('a hostile document', () => {
  test('that is cut off is not JSON', () => {
    expect(() => read('{"format":"variorum-edition","version":1,')).toThrow(Unreadable);
  });

  test('that nests without end is refused', () => {
    const deep = `${JSON.stringify(minimal).slice(0, -1)},"x":${'['.repeat(1e6)}${']'.repeat(1e6)}}`;
    expect(() => read(deep)).toThrow('nests more than 100 deep');
  });

  test('may have brackets and quotes in its words', () => {
    const words = `${'['.repeat(500)}"\\"{`;
    const [edition] = read({ ...minimal, work: { title: words } });
    expect(edition?.work.title).toBe(words);
  });

  test('cannot bring script in by any field of HTML', () => {
    const html = 'a<img src=x onerror=alert(1)><script>alert(2)</script><a href="javascript:alert(3)">b</a>';
    const work = { title: null, summary: html, notes: html, endnotes: html, disclaimer: html };
    const passages = [{ key: 'p1', html }];
    const [edition] = read({
      ...minimal,
      work,
      passages,
      comments: [{ id: '1', html }],
      notes: [{ html }],
      states: [{ number: 1, work, passages, madeAt: '2020-01-01' }],
    });
    expect(JSON.stringify(edition)).not.toMatch(/alert|onerror|script/);
  });

  test('loses no field in silence, whatever it is called', () => {
    const [edition] = read(
      JSON.stringify(minimal).replace('{', '{"__proto__":{"a":1},"constructor":2,"toString":3,'),
    );
    expect(edition?.remarks.map((r) => [r.certainty, r.about, r.quote])).toEqual([
      ['lost', '__proto__', '{"a":1}'],
      ['lost', 'constructor', '2'],
      ['lost', 'toString', '3'],
    ]);
  });
});

test('images that lie in the document keep their places, by path or by hash', () => {
  const sha256 = '77af778b51abd4a3c51c5ddd97204a9c3ae614ebccb75a606c3b6865aed6744e';
  const [edition] = read({
    ...minimal,
    passages: [
      {
        key: 'p1',
        html: `<img src="resource:cat.png" alt="a"><img src="resource:${sha256}" alt="b"><img src="resource:dog.png" alt="c">`,
      },
    ],
    resources: [{ path: 'cat.png', mediaType: 'image/png', sha256, base64: 'Y2F0' }],
  });
  const src = `src="resource:${sha256}"`;
  expect(edition?.passages[0]?.html).toBe(`<p><img ${src} alt="a"/><img ${src} alt="b"/>c</p>`);
});

test('an Edition that names its sources keeps them; decisions are applied', () => {
  const source = { sha256: 'a'.repeat(64), name: 'old.html', size: 5, importer: 'livejournal-s2' };
  const file = open(JSON.stringify({ ...minimal, sources: [source] }));
  const decision = { about: 'work.title', value: 'U', by: 'host', at: '2026-01-01T00:00:00Z' };
  const [edition] = editionImporter.read(file, [decision]).editions;
  expect(edition?.sources.map((s) => s.name)).toEqual(['old.html']);
  expect(edition?.work.title).toBe('U');
});

describe('the JSON Schema', () => {
  const validate = new Ajv.default({ strict: true, allErrors: true }).compile(editionJsonSchema());

  test.each(['minimal', 'forked'])('accepts the fixture %s', (name) => {
    const fixture = join(import.meta.dirname, 'fixtures', name, 'input.json');
    expect(validate(JSON.parse(readFileSync(fixture, 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
  });

  test('refuses what the importer refuses', () => {
    expect(validate({ ...minimal, passages: [{ key: 3, html: '' }] })).toBe(false);
    expect(validate({ ...minimal, work: { rating: 'Spicy' } })).toBe(false);
  });
});
