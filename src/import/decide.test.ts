import { describe, expect, test } from 'vitest';
import { Invalid } from '../errors.ts';
import type { CleanHtml } from '../html.ts';
import { type Edition, emptyEdition } from '../model/edition.ts';
import { type Decision, remark } from '../model/remark.ts';
import { emptyHeader } from '../model/work.ts';
import { applyDecisions } from './decide.ts';

const edition: Edition<CleanHtml> = {
  ...emptyEdition,
  work: { ...emptyHeader, creators: [{ name: 'wick', role: 'beta', site: 'livejournal.com' }] },
  passages: [],
  remarks: [
    remark('undecided', 'work.rating', 'Which one?'),
    remark('read', 'work.creators', 'A beta: wick.'),
  ],
};

const decide = (about: string, value: string): Decision => ({
  about,
  value,
  by: 'ann',
  at: '2026-01-01T00:00:00Z',
});

describe('a decision', () => {
  test.each([
    ['work.title', 'Oil', 'title', 'Oil'],
    ['work.fandoms', 'Lamps, Ferry', 'fandoms', ['Lamps', 'Ferry']],
    ['work.rating', 'mature', 'rating', 'Mature'],
    ['work.warnings', 'no archive warnings apply', 'warnings', ['No Archive Warnings Apply']],
    ['work.categories', 'gen', 'categories', ['Gen']],
    ['work.language', 'German', 'language', 'de'],
    ['work.summary', 'A <b>goose', 'summary', '<p>A <b>goose</b></p>'],
    ['work.notes', 'Fish & chips', 'notes', '<p>Fish &amp; chips</p>'],
    ['work.series', 'Lamps (2/3)', 'series', { name: 'Lamps', part: 2, of: 3 }],
    ['work.complete', 'no', 'complete', false],
    ['work.complete', 'true', 'complete', true],
    ['work.title', '', 'title', null],
  ])('%s = %j', (about, value, field, result) => {
    expect(applyDecisions(edition, [decide(about, value)]).work).toHaveProperty(field, result);
  });

  test('names people by role and leaves the others', () => {
    const { work, remarks } = applyDecisions(edition, [decide('work.authors', 'ann, bea')]);
    expect(work.creators.map((c) => [c.name, c.role])).toEqual([
      ['wick', 'beta'],
      ['ann', 'author'],
      ['bea', 'author'],
    ]);
    expect(remarks.filter((r) => r.about === 'work.creators').map((r) => r.certainty)).toEqual([
      'read',
      'decided',
    ]);
  });

  test('about a date keeps the words of the file', () => {
    const asked = {
      ...edition,
      work: {
        ...edition.work,
        posted: { written: '5/6/06', local: null, instant: null, zone: null, precision: 'day' as const },
      },
    };
    expect(applyDecisions(asked, [decide('work.posted', '2006-06-05')]).work.posted).toMatchObject({
      written: '5/6/06',
      local: '2006-06-05',
    });
  });

  test.each([
    ['2006-05-28T12:47', null],
    ['28 May 2006 12:47 UTC', '2006-05-28T12:47:00Z'],
  ])('about a date may be written %j, as its refusals suggest', (value, instant) => {
    const { posted } = applyDecisions(edition, [decide('work.posted', value)]).work;
    expect(posted).toMatchObject({ local: '2006-05-28T12:47', instant });
  });

  test('settles what was undecided, and says who decided and when', () => {
    const { remarks, decisions } = applyDecisions(edition, [decide('work.rating', 'Mature')]);
    expect(remarks[0]).toMatchObject({
      certainty: 'decided',
      decidedBy: 'ann',
      decidedAt: '2026-01-01T00:00:00Z',
    });
    expect(decisions).toHaveLength(1);
  });

  test('that nothing asks for is said to be lost', () => {
    const { remarks } = applyDecisions(edition, [decide('variantSets[0].place', '3')]);
    expect(remarks.at(-1)).toMatchObject({ certainty: 'lost', about: 'variantSets[0].place' });
  });

  test.each([
    ['work.rating', 'PG-13'],
    ['work.warnings', 'geese'],
    ['work.posted', 'yesterday'],
    ['work.posted', '5/6/06'],
    ['work.language', 'Klingonish'],
    ['work.complete', 'maybe'],
    ['work.colour', 'red'],
    ['work.constructor', 'x'],
  ])('that %s is %j is refused', (about, value) => {
    expect(() => applyDecisions(edition, [decide(about, value)])).toThrow(Invalid);
  });
});
