import { describe, expect, test } from 'vitest';
import { decode, findMojibake } from './charset.ts';

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((p) => (typeof p === 'string' ? ascii(p) : [...p])));

/** «Привет» in koi8-r and in windows-1251. */
const koi8 = [
  0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4, 0x20, 0xcd, 0xc9, 0xd2, 0x20, 0xc4, 0xd2, 0xd5, 0xda, 0xd8, 0xd1,
];
const cp1251 = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0];

describe('a file is decoded as what it is', () => {
  test('a page that calls itself latin-1 has the quotes of windows-1252', () => {
    const page = bytes(
      '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">',
      [0x93],
      'Yes',
      [0x94, 0x85],
    );
    expect(decode(page)).toMatchObject({
      text: expect.stringContaining('“Yes”…'),
      charset: { name: 'windows-1252', from: 'declared', declared: 'iso-8859-1' },
    });
  });

  test('a page saved anew as UTF-8 under an old declaration is UTF-8, and the declaration is told', () => {
    const page = bytes('<meta charset=windows-1252>', [0xe2, 0x80, 0x9c], 'Yes', [0xe2, 0x80, 0x9d]);
    expect(decode(page)).toMatchObject({
      text: expect.stringContaining('“Yes”'),
      charset: { name: 'UTF-8', from: 'sniffed', declared: 'windows-1252' },
    });
  });

  test('koi8-r by its declaration', () => {
    const page = bytes('<meta charset="koi8-r"><p>', koi8);
    expect(decode(page)).toMatchObject({
      text: expect.stringContaining('Привет мир'),
      charset: { name: 'KOI8-R', declared: null },
    });
  });

  test.each([
    ['KOI8-R', koi8, 'Привет мир друзья'],
    ['windows-1251', cp1251, 'Привет мир'],
  ])('%s by its letters where nothing is declared', (name, text, words) => {
    expect(decode(bytes(text))).toMatchObject({ text: words, charset: { name, from: 'sniffed' } });
  });

  test('a byte order mark wins, and is no character', () => {
    expect(decode(bytes([0xef, 0xbb, 0xbf], 'a')).text).toBe('a');
    expect(decode(Uint8Array.from([0xff, 0xfe, 0x61, 0]))).toMatchObject({
      text: 'a',
      charset: { name: 'UTF-16LE', from: 'bom' },
    });
  });

  test('a few strange bytes in English are windows-1252', () => {
    expect(decode(bytes('He said ', [0x93], 'no', [0x94], ' and went.'))).toMatchObject({
      text: 'He said “no” and went.',
      charset: { name: 'windows-1252', from: 'default' },
    });
  });

  test('a page that calls itself UTF-8 and is not loses no byte to question marks', () => {
    const page = bytes('<meta charset="utf-8">caf', [0xe9]);
    expect(decode(page).text).toContain('café');
  });
});

test('text decoded wrongly before it was saved is named', () => {
  expect(findMojibake('donâ€™t cafÃ©')).toEqual(['â€™', 'Ã©']);
  expect(findMojibake('“quotes”, Äpfel, À la carte, ÂME')).toEqual([]);
});
