import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFile } from '../index.ts';
import { openFile } from '../open.ts';
import { bareLines, type PageLine, partedLines } from './lines.ts';
import { passageLine, placeOfRemark } from './places.ts';

/** The lines of a file with what each came to be part of, and the Edition read from it. */
function review(name: string, bytes: Uint8Array) {
  const file = openFile({ path: name, bytes });
  const [edition] = readFile(file).editions;
  if (edition === undefined) throw new Error(`no work in ${name}`);
  return { edition, lines: partedLines(bareLines(file), edition) };
}

function partsOf(lines: readonly PageLine[]): readonly (readonly [string, string])[] {
  return lines.map(({ text, part }) => [
    text,
    part.kind === 'passage' ? part.key : part.kind === 'comment' ? part.id : part.kind,
  ]);
}

const text = `Fic: The Lamp
28th-May-2006 12:47 pm

Title: The Lamp

"Yes," said Ada.

She lit it.

Alternate ending:

"Yes," said Ada.

She left it dark.

28th-May-2006 07:48 pm (UTC)
She lit it.
`;

describe('a text', () => {
  test('is told line by line, what stands in it twice by the order of the page', () => {
    const { lines } = review('lamp.txt', Buffer.from(text));
    expect(partsOf(lines)).toEqual([
      ['Fic: The Lamp', 'header'],
      ['28th-May-2006 12:47 pm', 'header'],
      ['Title: The Lamp', 'header'],
      ['"Yes," said Ada.', 'p1'],
      ['She lit it.', 'p2'],
      ['Alternate ending:', 'p3'],
      ['"Yes," said Ada.', 'p3'],
      ['She left it dark.', 'p3'],
      ['28th-May-2006 07:48 pm (UTC)', 'c1'],
      ['She lit it.', 'c1'],
    ]);
  });

  test('has a place for each fact: its own words, or where the branch begins', () => {
    const { lines, edition } = review('lamp.txt', Buffer.from(text));
    const at = (about: string): string | undefined => {
      const remark = edition.remarks.find((r) => r.about === about);
      return remark && lines[placeOfRemark(remark, lines, edition) ?? -1]?.text;
    };
    expect(at('work.title')).toBe('Title: The Lamp');
    expect(at('variantSets[0].place')).toBe('She lit it.');
    expect(at('variantSets[0].branches[1].label')).toBe('Alternate ending:');
    expect(at('comments')).toBe('28th-May-2006 07:48 pm (UTC)');
  });
});

test('a page a browser saved is told by its words, whatever line of the file they stand on', () => {
  const demo = join(import.meta.dirname, '..', '..', '..', 'demo', '46799.html');
  const { lines, edition } = review('46799.html', readFileSync(demo));
  const of = (kind: string): number => lines.filter(({ part }) => part.kind === kind).length;
  expect(lines[passageLine(lines, 'p3')]?.text).toBe('Alternate ending:');
  for (const passage of edition.passages) expect(passageLine(lines, passage.key)).toBeGreaterThan(0);
  const heard = new Set(lines.flatMap(({ part }) => (part.kind === 'comment' ? [part.id] : [])));
  const said = edition.comments.filter((c) => c.html !== '').map((c) => c.id);
  expect([...heard].sort()).toEqual(said.toSorted());
  expect(of('header')).toBeGreaterThan(8);
  // What is left is the site's own: links, labels, names of pictures.
  const site = lines.filter(({ part }) => part.kind === 'site').map(({ text }) => text);
  expect(Math.max(...site.map((line) => line.length))).toBeLessThan(100);
});

test('a document that is not for reading has no lines', () => {
  const document = { format: 'variorum-edition', version: 1, work: {}, passages: [] };
  expect(bareLines(openFile({ path: 'a.json', bytes: Buffer.from(JSON.stringify(document)) }))).toEqual([]);
});
