import { expect, it } from 'vitest';
import { acceptedWhy, kindOf, partWords } from './suggestion.ts';
import { anchorAt } from './text/anchor.ts';

it.each([
  ['the lamp', 'The lamp,', 'small'],
  ['"Don\'t"', '“Don’t”', 'small'],
  ['well known', 'well-known', 'small'],
  ['the lamp', 'a lamp', 'words'],
  ['recieve', 'receive', 'words'],
] as const)('takes %s → %s for %s', (old, reading, kind) => {
  const change = { old, new: reading, reading };
  expect(kindOf({ anchor: anchorAt(old, 0, old.length), change })).toBe(kind);
});

it('tells remarks from changes', () => {
  expect(kindOf({ anchor: null, change: null })).toBe('remark');
});

it('says whose suggestions a version took in, of those who want to be named', () => {
  const by = (name: string, named = true) => ({ name, named });
  expect(acceptedWhy([by('Matilda'), by('Matilda'), by('Matilda')])).toBe('Matilda’s 3 suggestions accepted');
  expect(acceptedWhy([by('Ida'), by('Matilda'), by('Ida')])).toBe(
    'Ida’s 2 and Matilda’s 1 suggestions accepted',
  );
  expect(acceptedWhy([by('Ida', false)])).toBe('A beta’s suggestion accepted');
});

it.each([
  ['morning.', 'morning. Then rain.', { before: 'morning.', old: '', new: ' Then rain.', after: '' }],
  ['a red boat', 'a boat', { before: 'a ', old: 'red ', new: '', after: 'boat' }],
  ['the cold sea', 'the colder sea', { before: 'the ', old: 'cold', new: 'colder', after: ' sea' }],
  ['so so', 'so so so', { before: 'so so', old: '', new: ' so', after: '' }],
  ['one', 'two', { before: '', old: 'one', new: 'two', after: '' }],
])('of “%s” and “%s” only what differs is parted, in whole words', (old, reading, parts) => {
  expect(partWords(old, reading)).toEqual(parts);
  expect([`${parts.before}${parts.old}${parts.after}`, `${parts.before}${parts.new}${parts.after}`]).toEqual([
    old,
    reading,
  ]);
});
