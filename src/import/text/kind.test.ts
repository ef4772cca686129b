import { describe, expect, test } from 'vitest';
import { otherKind } from './kind.ts';

describe('no story is', () => {
  test.each([
    ['JSON', '{\n  "name": "lamp",\n  "version": 1\n}\n'],
    ['JSON', '[{"a": 1}, {"a": 2}]'],
    ['JSON', `[${'{"word": "lamp", "count": 12},\n'.repeat(5000)}]`],
    ['JSON', '{"a": 1}\n{"a": 2}\n'],
    [
      'journal export',
      '<?xml version="1.0"?>\n<livejournal>\n<entry><itemid>1</itemid></entry>\n</livejournal>',
    ],
    ['XML', '<?xml version="1.1"?><TEI><p>Oil</p></TEI>'],
    ['Twee', ':: StoryTitle\nOil\n\n:: Start\nIt was dark. [[Go on]]'],
    ['ink', 'VAR oil = 1\n-> quay\n=== quay\nIt was dark.\n* [Wait] -> quay\n+ [Go] -> END'],
    [
      'ChoiceScript',
      '*title Oil\n*create lamp 1\n*label quay\nIt was dark.\n*choice\n  #Wait\n    *goto quay\n  #Go\n    *finish',
    ],
    ['style sheet', 'p {\n  color: red;\n  margin: 0;\n}\n\n.b a:hover {\n  top: 1px;\n}\n'],
    [
      'program',
      "import { a } from './a.ts';\n\nexport function b(): number {\n  const c = a();\n  return c;\n}\n",
    ],
    [
      'program',
      'def light(lamp):\n    if lamp.oil > 0:\n        return lamp.burn()\n    self.dark = True\n\nclass Quay:\n    pass\n',
    ],
    ['program', '#!/bin/sh\necho oil\n'],
    ['log', '192.0.2.7 - - [28/May/2006:12:47:00 +0000] "GET / HTTP/1.1" 200 12\n'.repeat(6)],
    ['log', '2006-05-28T12:47:00Z INFO lamp lit\n'.repeat(6)],
    ['log', 'May 28 12:47:00 quay lampd[12]: lit\n'.repeat(6)],
    ['table', 'lamp,oil,price\n1,2,3\n4,5,6\n7,8,9\n'],
    ['table', 'lamp\toil\tprice\n1\t2\t3\n4\t5\t6\n7\t8\t9\n'],
    ['without words', '0123456789+/='.repeat(50)],
    ['without words', 'a'.repeat(20_000)],
  ])('%s: %j', (kind, text) => {
    expect(otherKind(text)).toContain(kind);
  });
});

describe('a story may be', () => {
  const dark = 'It was dark on the quay, and the lamp was low.';
  test.each([
    ['a sentence', dark],
    [
      'verse whose lines end in semicolons',
      'The lamp is low;\nthe night is slow;\nthe tide comes in\nand out will go;\nand so.\n',
    ],
    ['a play', 'ANN: The lamp is low.\nBEA: Is it?\nANN: Look!\nBEA (looking): Oh.\nANN: Well.\nBEA: Well.'],
    ['paragraphs set in by tabs', `\t${dark}\n\t${dark}\n\t“Who?”\n\t${dark}\n\t${dark}`],
    ['a diary', `3 May 1897\n\n${dark}\n\n4 May 1897\n\n${dark}`],
    [
      'a chat',
      '[12:47] <ann> is it dark\n[12:48] <bea> yes\n[12:49] <ann> oh\n[12:50] <bea> so\n[12:51] <ann> well',
    ],
    [
      'comments copied from a page',
      `2006-05-28 01:47 pm (UTC)\n\nOh!\n\n2006-05-28 02:47 pm (UTC)\n\nYes, isn’t it?\n\nSo dark.`,
    ],
    ['Chinese without blanks', '灯塔的光照在码头上。'.repeat(2000)],
    ['a list in braces and a smile', '{lamps} and {oil} :-) [sic]'],
    [
      'a header block',
      'Title: Oil\nAuthor: wick\nRating: G\nSummary: dark, cold, wet\nNotes: thanks, all, again',
    ],
    [
      'words with commas',
      'Lamps, oil, rope.\nLamps, oil, rope.\nThe quay.\nLamps.\nOil, rope, and so on, and on.',
    ],
  ])('%s', (_, text) => {
    expect(otherKind(text)).toBeUndefined();
  });
});
