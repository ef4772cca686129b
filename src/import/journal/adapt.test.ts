import { expect, test } from 'vitest';
import { byTag, find } from '../../dom.ts';
import { checkEdition } from '../../model/validate.ts';
import type { SourceFile } from '../importer.ts';
import { openFile } from '../open.ts';
import { adaptJournal } from './adapt.ts';
import type { JournalComment, JournalEntry } from './page.ts';

const importer = { name: 'test', version: 1 };
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function adapt(
  fields: Partial<JournalEntry>,
  html = '<p>Words.</p>',
  decisions: Readonly<Record<string, string>> = {},
  beside: ReadonlyMap<string, SourceFile> = new Map(),
) {
  const bytes = new TextEncoder().encode(`<html><body>${html}</body></html>`);
  const file = openFile({ path: 'page.html', bytes }, beside);
  const element = find(file.tree(), byTag('body'));
  if (element === undefined) throw new Error('no body');
  const entry: JournalEntry = {
    address: 'http://horace.livejournal.com/256.html',
    ditemid: 256,
    journal: 'horace',
    poster: 'horace',
    subject: 'Bread',
    posted: '2006-05-28 12:47:00',
    body: element.childNodes,
    about: [],
    comments: [],
    element,
    ...fields,
  };
  const list = Object.entries(decisions).map(([about, value]) => ({
    about,
    value,
    by: 'x',
    at: '2020-01-01T00:00:00Z',
  }));
  const { editions } = adaptJournal(
    { site: 'livejournal.com', entries: [{ ...entry }, { ...entry, subject: 'Salt' }], chrome: [] },
    file,
    importer,
    list,
  );
  const [edition, second] = editions;
  if (edition === undefined || second === undefined) throw new Error('no edition');
  checkEdition(edition);
  return { ...edition, second, element, say: edition.remarks.map((r) => `${r.certainty} ${r.about}`) };
}

function comment(fields: Partial<JournalComment>): JournalComment {
  const { element } = adapt({});
  return {
    id: 1,
    depth: 0,
    parentId: null,
    author: { kind: 'anonymous' },
    posted: '2006-05-28 07:58 pm (UTC)',
    tooltip: null,
    edited: null,
    subject: null,
    body: [],
    state: 'shown',
    stateNote: null,
    icon: null,
    importedFrom: null,
    element,
    ...fields,
  };
}

test('the poster is the author only where the header names none', () => {
  expect(adapt({}).work.creators).toEqual([{ name: 'horace', role: 'author', site: 'livejournal.com' }]);
  const signed = adapt({}, '<p>Title: Bread<br>Author: Maud Lamb<br>Rating: PG</p><p>It did not rise.</p>');
  expect(signed.work.creators).toEqual([{ name: 'Maud Lamb', role: 'author', site: null }]);
  expect(signed.remarks).toContainEqual(
    expect.objectContaining({ certainty: 'read', about: 'work.creators', quote: 'horace' }),
  );
  const same = adapt({}, '<p>Title: Bread<br>Author: Horace<br>Rating: PG</p><p>It did not rise.</p>');
  expect(same.work.creators).toEqual([{ name: 'Horace', role: 'author', site: 'livejournal.com' }]);
});

test('an entry in a community keeps the community', () => {
  const { remarks, sources } = adapt({ journal: 'lamplighters' });
  expect(remarks).toContainEqual(
    expect.objectContaining({ about: 'sources[0].origin', quote: 'lamplighters' }),
  );
  expect(sources[0]).toMatchObject({
    origin: 'livejournal.com/lamplighters/256',
    savedAt: null,
    importer: 'test',
  });
});

test('the moment of an entry follows from comments that say how long after it they came', () => {
  const at = (tooltip: string, posted: string): JournalComment => comment({ tooltip, posted });
  const minutes = at('11 minutes after journal entry', '2006-05-28 07:58 pm (UTC)');
  expect(adapt({ comments: [minutes] }).work.posted).toMatchObject({
    local: '2006-05-28T12:47:00',
    instant: '2006-05-28T19:47:00Z',
    zone: null,
  });
  const hours = at('3 hours after journal entry', '2006-05-28 11:00 pm (UTC)');
  expect(adapt({ comments: [hours] }).work.posted?.instant).toBeNull();
  expect(adapt({ comments: [hours, minutes] }).work.posted?.instant).toBe('2006-05-28T19:47:00Z');
  const other = at('2 minutes after journal entry', '2006-05-30 07:58 pm (UTC)');
  expect(adapt({ comments: [minutes, other] }).work.posted?.instant).toBeNull();
  const local = at('11 minutes after journal entry', '2006-05-28 09:58 pm (local)');
  expect(adapt({ comments: [local] }).work.posted?.instant).toBeNull();
});

test('a backdated entry gets no moment from its comments', () => {
  const late = comment({ tooltip: '11 minutes after journal entry', posted: '2006-06-28 07:58 pm (UTC)' });
  expect(adapt({ comments: [late] }).work.posted?.instant).toBeNull();
});

test('a date that reads two ways is undecided until the page or a person tells', () => {
  const posted = '05/06/2006 12:47 pm';
  const open = adapt({ posted });
  expect(open.work.posted).toMatchObject({ written: posted, local: null });
  expect(open.remarks.find((r) => r.about === 'work.posted')).toMatchObject({
    certainty: 'undecided',
    alternatives: [{}, {}],
  });
  const told = adapt({ posted, comments: [comment({ posted: '28/06/2006 12:50 pm (UTC)' })] });
  expect(told.work.posted?.local).toBe('2006-06-05T12:47');
  const decided = adapt({ posted }, undefined, { 'work.posted': '2006-05-06' });
  expect(decided.work.posted?.local).toBe('2006-05-06');
  expect(decided.say).toContain('decided work.posted');
});

test('a decision may be for one entry of a page', () => {
  const { work, second } = adapt({}, undefined, { 'editions[1].work.title': 'Salt and Bread' });
  expect([work.title, second.work.title]).toEqual(['Bread', 'Salt and Bread']);
});

test('an entry without a subject has no title until a person gives one', () => {
  expect(adapt({ subject: null }).work.title).toBeNull();
  expect(adapt({ subject: null }).say).toContain('undecided work.title');
});

test('parents come from links, else from depth; those not in the file are lost and stubs keep their answers', () => {
  const { comments, say } = adapt({
    comments: [
      comment({ id: 1 }),
      comment({ id: 2, depth: 1, state: 'deleted', author: null, posted: null }),
      comment({ id: 3, depth: 2 }),
      comment({ id: 4, depth: 1, parentId: 1 }),
      comment({ id: 5, depth: 0, parentId: 99 }),
      comment({ id: 6, depth: 1 }),
    ],
  });
  expect(comments.map((c) => c.parent)).toEqual([null, '1', '2', '1', null, '5']);
  expect(say.filter((s) => s === 'lost comments[4].parent')).toHaveLength(1);
});

test('ids that are missing, doubled or in a circle do not break the thread', () => {
  const { comments } = adapt({
    comments: [
      comment({ id: null }),
      comment({ id: 7, parentId: 8 }),
      comment({ id: 8, parentId: 7 }),
      comment({ id: 8, depth: 1, parentId: 7 }),
    ],
  });
  expect(comments.map((c) => [c.id, c.parent])).toEqual([
    ['c1', null],
    ['7', null],
    ['8', '7'],
    ['8-2', '7'],
  ]);
});

test('pictures that stand in the words come along, others and those that are no pictures do not', () => {
  const beside = new Map([
    ['page_files/a b.png', { path: 'page_files/a b.png', bytes: pixel }],
    ['page_files/pic.png', { path: 'page_files/pic.png', bytes: pixel }],
    ['page_files/evil.png', { path: 'page_files/evil.png', bytes: Buffer.from('<svg onload="x">') }],
  ]);
  const { resources, passages, say } = adapt(
    {},
    '<p>A lamp: <img src="./page_files/a%20b.png" alt="lamp"> <img src="page_files/evil.png" alt="no"></p>',
    {},
    beside,
  );
  expect(say).toContain('lost resources');
  expect(resources).toHaveLength(1);
  expect(resources[0]).toMatchObject({ mediaType: 'image/png', base64: pixel.toString('base64') });
  expect(passages[0]?.html).toBe(
    `<p>A lamp: <img src="resource:${resources[0]?.sha256}" alt="lamp"/> no</p>`,
  );
});

test('tags become freeforms, and all that stands around an entry stays as written', () => {
  const { work, say } = adapt({
    about: [
      { label: 'Current Mood', value: 'tired' },
      { label: 'Tags', value: 'fic, bread and salt' },
    ],
  });
  expect(work.freeforms).toEqual(['fic', 'bread and salt']);
  expect(work.asWritten).toContainEqual({ label: 'Current Mood', value: 'tired' });
  expect(say).toContain('read work.freeforms');
});

test('a cut is noticed wherever its anchor stands', () => {
  const cut = (html: string): boolean => adapt({}, html).remarks.some((r) => r.message.includes('lj-cut'));
  expect(cut('<p>One <a name="cutid1"></a>two</p>')).toBe(true);
  expect(cut('<a name="cutid1"></a>two')).toBe(true);
  expect(cut('<a name="other"></a>two')).toBe(false);
});

test('another ending in an entry of its own names the entry it links to', () => {
  const html = '<p><a href="http://horace.livejournal.com/128.html?mode=reply">The story</a>. They met.</p>';
  const related = (subject: string): readonly string[] =>
    adapt({ subject }, html)
      .remarks.filter((r) => r.about === 'work.related' && r.certainty === 'inferred')
      .map((r) => r.message);
  expect(related('Fic: Oil (alternate ending)')).toEqual([
    expect.stringContaining('http://horace.livejournal.com/128.html.'),
  ]);
  expect(related('Fic: Oil')).toEqual([]);
});
