import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blocksOf, blockText } from '../html.ts';
import { type HeaderReading, readHeader } from './header.ts';

function read(html: string, subject: string | null = null): HeaderReading {
  return readHeader({ file: 'page.html', subject, blocks: blocksOf(html) });
}

/** Lines as a journal entry has them: one `<br>` a line, two between paragraphs. */
function entry(text: string): string {
  return text.trim().replaceAll('\n', '<br />\n');
}

function storyOf(reading: HeaderReading): string {
  return reading.rest.map(blockText).join('\n\n');
}

const certaintyOf = (reading: HeaderReading, about: string): readonly string[] =>
  reading.remarks.filter((r) => r.about === about).map((r) => r.certainty);

const full = entry(`<b>Title:</b> The Lamplighter’s Goose
<b>Author:</b> <a href="http://wick.livejournal.com/"><b>wick</b></a>
<b>Fandom:</b> <i>Harbour Lights</i>/Night Ferry.
<b>Pairing:</b> Ann/Bea, Cy &amp; Dot
<b>Characters:</b> Ann, Bea and a goose
<b>Rating:</b> PG-13 (for geese)
<b>Warnings:</b> None
<b>Beta:</b> tallow and mrs_snuffer
<b>Genre:</b> Humor, Gen
<b>Spoilers:</b> the lighthouse
<b>Archive:</b> ask first
<b>Feedback:</b> always
<b>Disclaimer:</b> Not mine.
<b>Summary:</b> A goose <i>comes in</i>.
<b>Author’s Note:</b> 1) Written in a hurry.
2) There are two endings.

3) Thank you.

The goose came in on a Tuesday.

Note: he said nothing. Title: Captain.`);

describe('a full header', () => {
  const reading = read(full);

  test('becomes fields', () => {
    expect(reading.header).toMatchObject({
      title: 'The Lamplighter’s Goose',
      creators: [
        { name: 'wick', role: 'author', site: 'livejournal.com' },
        { name: 'tallow', role: 'beta', site: null },
        { name: 'mrs_snuffer', role: 'beta', site: null },
      ],
      fandoms: ['Harbour Lights', 'Night Ferry'],
      relationships: ['Ann/Bea', 'Cy & Dot'],
      characters: ['Ann', 'Bea', 'a goose'],
      rating: 'Teen And Up Audiences',
      warnings: ['No Archive Warnings Apply'],
      categories: ['Gen'],
      freeforms: ['Humor'],
      disclaimer: '<p>Not mine.</p>',
      summary: '<p>A goose <i>comes in</i>.</p>',
      notes: '<p>1) Written in a hurry.<br/>2) There are two endings.</p>\n<p>3) Thank you.</p>',
    });
  });

  test('is kept line by line as it was written', () => {
    expect(reading.header.asWritten.map((l) => l.label)).toEqual([
      'Title',
      'Author',
      'Fandom',
      'Pairing',
      'Characters',
      'Rating',
      'Warnings',
      'Beta',
      'Genre',
      'Spoilers',
      'Archive',
      'Feedback',
      'Disclaimer',
      'Summary',
      'Author’s Note',
    ]);
    expect(reading.header.asWritten[2]?.value).toBe('Harbour Lights/Night Ferry.');
  });

  test('ends where the story begins, whose own "Note:" and "Title:" stay prose', () => {
    expect(storyOf(reading)).toBe(
      'The goose came in on a Tuesday.\n\nNote: he said nothing. Title: Captain.',
    );
    expect(reading.lines).toBe(17);
  });

  test('says what was read and what was inferred', () => {
    expect(certaintyOf(reading, 'work.title')).toEqual(['read']);
    expect(certaintyOf(reading, 'work.fandoms')).toEqual(['inferred']);
    expect(certaintyOf(reading, 'work.rating')).toEqual(['inferred']);
    expect(certaintyOf(reading, 'work.warnings')).toEqual(['inferred']);
  });
});

describe('a header is read in the shape of', () => {
  const shapes: Readonly<Record<string, string>> = {
    'plain lines': 'Title: Oil<br>Author: wick<br>Rating: R<br><br>Story.',
    'bold labels, colon inside': '<b>Title:</b> Oil<br><b>Author:</b> wick<br><b>Rating:</b> R<br><br>Story.',
    'bold labels, colon outside':
      '<p><b>Title</b>: Oil</p><p><b>Author</b>: wick</p><p><b>Rating</b>: R</p><p>Story.</p>',
    'strong and underlined':
      '<p><strong>Title: </strong>Oil<br><u>Author:</u> wick<br><i>Rating:</i> R</p><p>Story.</p>',
    'all bold': '<p><b>Title: Oil<br>Author: wick<br>Rating: R</b></p><p>Story.</p>',
    capitals: 'TITLE: Oil<br>AUTHOR: wick<br>RATING: R<br><br>Story.',
    'a list with dashes': '- Title: Oil<br>- Author: wick<br>- Rating: R<br><br>Story.',
    'a list': '<ul><li>Title: Oil</li><li>Author: wick</li><li>Rating: R</li></ul><p>Story.</p>',
    'a table':
      '<table><tr><th>Title</th><td>Oil</td></tr><tr><th>Author:</th><td>wick</td></tr><tr><td>Rating</td><td>R</td></tr></table><p>Story.</p>',
    'a quotation': '<blockquote><p>Title: Oil<br>Author: wick</p><p>Rating: R</p></blockquote><p>Story.</p>',
    'lines with dashes for colons': '<p>Title - Oil<br>Author - wick<br>Rating - R</p><p>Story.</p>',
    'a rule at its end': 'Title: Oil<br>Author: wick<br>Rating: R<hr>Story.',
    'values on their own lines':
      '<p><b>Title:</b><br>Oil<br><b>Author:</b><br>wick<br><b>Rating:</b><br>R</p><p>Story.</p>',
    Russian: 'Название: Oil<br>Автор: wick<br>Рейтинг: R<br><br>Story.',
    'stars around the labels': '*Title:* Oil<br>*Author:* wick<br>*Rating:* R<br><br>Story.',
    'no blank line after it': '<p>Title: Oil<br>Author: wick<br>Rating: R<br>Story.</p>',
  };
  test.each(Object.entries(shapes))('%s', (_name, html) => {
    const reading = read(html);
    expect(reading.header).toMatchObject({
      title: 'Oil',
      creators: [{ name: 'wick', role: 'author' }],
      rating: 'Mature',
    });
    expect(storyOf(reading)).toBe('Story.');
  });
});

describe('spellings', () => {
  const spellings: readonly (readonly [line: string, field: string, value: unknown])[] = [
    ["Beta'd by: tallow", 'creators', [{ name: 'tallow', role: 'beta', site: null }]],
    ['Betaed by tallow', 'creators', [{ name: 'tallow', role: 'beta', site: null }]],
    [
      'Beta(s): tallow, snuffer',
      'creators',
      [
        { name: 'tallow', role: 'beta', site: null },
        { name: 'snuffer', role: 'beta', site: null },
      ],
    ],
    ['Beta: none, all mistakes are mine', 'creators', []],
    ['Author: wick (wick@example.org)', 'creators', [{ name: 'wick', role: 'author', site: null }]],
    ['Characters/Pairings: Ann/Bea, Cy', 'relationships', ['Ann/Bea']],
    ['Characters/Pairings: Ann/Bea, Cy', 'characters', ['Cy']],
    ['Pairing(s): none', 'relationships', []],
    ['Pairing: Gen', 'categories', ['Gen']],
    ['Rating/Warnings: PG-13, character death', 'rating', 'Teen And Up Audiences'],
    ['Rating/Warnings: PG-13, character death', 'warnings', ['Major Character Death']],
    ['A/N: So.', 'notes', '<p>So.</p>'],
    ['AN: So.', 'notes', '<p>So.</p>'],
    ['Authors note: So.', 'notes', '<p>So.</p>'],
    ['disclaimer - not mine', 'disclaimer', '<p>not mine</p>'],
    ['Саммари: Всё.', 'summary', '<p>Всё.</p>'],
    ['Бета-ридер: нет', 'creators', []],
    ['Category: Slash', 'categories', ['M/M']],
    ['Trigger Warnings: none', 'warnings', ['No Archive Warnings Apply']],
    ['Warnings: Choose Not To Warn', 'warnings', ['Choose Not To Use Archive Warnings']],
    ['Part: NEW 3/8', 'series', { name: null, part: 3, of: 8 }],
    ['Series: Lamps, part 2 of 5', 'series', { name: 'Lamps', part: 2, of: 5 }],
    ['Series: Lamps #4', 'series', { name: 'Lamps', part: 4, of: null }],
    ['Status: WIP', 'complete', false],
    ['Статус: закончен', 'complete', true],
    ['Language: Русский', 'language', 'ru'],
    ['Fandom: M*A*S*H', 'fandoms', ['M*A*S*H']],
    ['Fandom: S.H.I.E.L.D.', 'fandoms', ['S.H.I.E.L.D.']],
    ['Fandom: The Lion, the Witch and the Wardrobe', 'fandoms', ['The Lion, the Witch and the Wardrobe']],
    ['Fandoms: Ferry, Lights', 'fandoms', ['Ferry', 'Lights']],
    ['Fandom: Ferry/side boat', 'fandoms', ['Ferry/side boat']],
    ["Characters: Ann, Ishmael. Other people's whales.", 'characters', ['Ann', 'Ishmael']],
    ['Characters: Mrs. Pell, St. John', 'characters', ['Mrs. Pell', 'St. John']],
    ['Recipient: snuffer', 'creators', [{ name: 'snuffer', role: 'recipient', site: null }]],
  ];
  test.each(spellings)('%s → %s', (line, field, value) => {
    const { header } = read(`<p>Title: Oil<br>${line}</p><p>Story.</p>`);
    expect(header).toHaveProperty(field, value);
  });

  const ratings: readonly (readonly [string, string | null])[] = [
    ['G', 'General Audiences'],
    ['PG', 'General Audiences'],
    ['K+', 'General Audiences'],
    ['PG13-ish', 'Teen And Up Audiences'],
    ['PG - 13', 'Teen And Up Audiences'],
    ['[PG]', 'General Audiences'],
    ['T for language', 'Teen And Up Audiences'],
    ['FRT', 'Teen And Up Audiences'],
    ['hard R', 'Mature'],
    ['M', 'Mature'],
    ['NC-17!', 'Explicit'],
    ['MA', 'Explicit'],
    ['Not Rated', 'Not Rated'],
    ['Probably will finish out at NC-17', null],
    ['G/PG/PG13', null],
    ['R, this part PG', null],
    ['Great', null],
    ['Tall', null],
  ];
  test.each(ratings)('the rating %s is %s', (written, rating) => {
    const reading = read(`Title: Oil<br>Rating: ${written}<br><br>Story.`);
    expect(reading.header.rating).toBe(rating);
    expect(certaintyOf(reading, 'work.rating')).toEqual([
      rating === null ? 'undecided' : rating === written ? 'read' : 'inferred',
    ]);
  });

  test('an undecided rating proposes the one that the words name first', () => {
    const reading = read('Title: Oil<br>Rating: Probably will finish out at NC-17<br><br>Story.');
    expect(reading.remarks.find((r) => r.about === 'work.rating')?.alternatives[0]?.value).toBe('Explicit');
  });

  test('a warning that is none of the archive’s is asked about', () => {
    const reading = read('Title: Oil<br>Warnings: geese, character death<br><br>Story.');
    expect(reading.header.warnings).toEqual(['Major Character Death']);
    expect(certaintyOf(reading, 'work.warnings')).toEqual(['inferred', 'undecided']);
  });

  test('a date that can be read in two ways is asked about', () => {
    const reading = read('Title: Oil<br>Date: 5/6/06<br><br>Story.');
    expect(reading.header.posted).toMatchObject({ written: '5/6/06', local: null });
    expect(reading.remarks.find((r) => r.about === 'work.posted')?.alternatives).toHaveLength(2);
  });
});

describe('lines between labels', () => {
  test('with a label nobody knows stay as written', () => {
    const { header } = read('Title: Oil<br>Mood board: brass<br>Rating: G<br><br>Story.');
    expect(header.asWritten[1]).toEqual({ label: 'Mood board', value: 'brass' });
  });

  test('before the first label stay as written', () => {
    const reading = read('<p>So, here it is at last!</p><p>Title: Oil<br>Rating: G</p><p>Story.</p>');
    expect(reading.header.asWritten[0]).toEqual({ label: '', value: 'So, here it is at last!' });
    expect(storyOf(reading)).toBe('Story.');
  });

  test('that only give a part number are read', () => {
    const reading = read('<p>Title: Oil</p><p>Part 2 of 3</p><p>Story.</p>');
    expect(reading.header.series).toEqual({ name: null, part: 2, of: 3 });
    expect(storyOf(reading)).toBe('Story.');
  });
});

describe('prose is no header:', () => {
  test.each([
    '<p>Note: he said nothing.</p><p>Then he left.</p>',
    '<p>It was dark.</p><p>Note: the lamp was out.</p>',
    '<p>She had three rules: no geese, no oil, no Tuesdays.</p><p>Then he left.</p>',
    '<p>For: that was the word.</p><p>He left.</p>',
    `<p>${'The road went on. '.repeat(50)}</p><p>Title: Captain<br>Rating: able seaman</p>`,
    `${'<p>The road went on.</p>'.repeat(12)}<p>Title: Captain<br>Rating: able seaman</p>`,
  ])('%j', (html) => {
    const reading = read(html);
    expect(reading.lines).toBe(0);
    expect(reading.rest).toEqual(blocksOf(html));
    expect(reading.header.asWritten).toEqual([]);
  });

  test('a story that follows the last value in the same paragraph is not swallowed', () => {
    const story = Array.from({ length: 40 }, (_, i) => `Line ${i} of the story goes on and on and on.`).join(
      '<br>',
    );
    const reading = read(`<p>Title: Oil<br>Summary: Lamps.<br>${story}</p>`);
    expect(reading.header.summary).toBe('<p>Lamps.</p>');
    expect(storyOf(reading)).toMatch(/^Line 0 of/);
  });
});

describe('a title without labels', () => {
  test('is read from a line and its byline', () => {
    const reading = read('<p>The Tin Ship</p><p>by Ann Other</p><p>It sailed.</p>');
    expect(reading.header).toMatchObject({
      title: 'The Tin Ship',
      creators: [{ name: 'Ann Other', role: 'author' }],
    });
    expect(storyOf(reading)).toBe('It sailed.');
  });

  test('is read above a header, with a line between them and a part below', () => {
    const reading = read(
      '<p>The Tin Ship<br>A Ferry story<br>by Ann Other and Bea</p><p>Part 3/?</p><p>It sailed.</p>',
    );
    expect(reading.header).toMatchObject({ title: 'The Tin Ship', series: { part: 3, of: null } });
    expect(reading.header.creators.map((c) => c.name)).toEqual(['Ann Other', 'Bea']);
    expect(storyOf(reading)).toBe('It sailed.');
    const above = read(
      '<p>The Tin Ship</p><p>by wick</p><p>Rating: G<br>Disclaimer: mine</p><p>It sailed.</p>',
    );
    expect(above.header).toMatchObject({
      title: 'The Tin Ship',
      creators: [{ name: 'wick' }],
      rating: 'General Audiences',
    });
  });

  test('is inferred from the subject among mail or journal fields', () => {
    const reading = read(
      '<p>From: wick<br>Subject: NEW: Lamps 2/? (A/B)<br>Date: Sun, 25 Apr 2004 03:39:35 GMT</p><p>It sailed.</p>',
    );
    expect(reading.header).toMatchObject({
      series: { part: 2, of: null },
      posted: { instant: '2004-04-25T03:39:35Z' },
    });
    expect(certaintyOf(reading, 'work.title')).toEqual(['inferred']);
  });

  test.each([
    ['[fic] Two Lamps, PG, Ann/Bea', 'Two Lamps', null],
    ['Fic: The Tin Ship', 'The Tin Ship', null],
    ['[FIC] The Tin Ship (1/3)', 'The Tin Ship', { name: null, part: 1, of: 3 }],
    ['FIC: Harbour Lights: The Tin Ship (PG)', 'The Tin Ship', null],
    ['The Tin Ship, Part 2 of 3', 'The Tin Ship', { name: null, part: 2, of: 3 }],
    ['The Tin Ship 1/?', 'The Tin Ship', { name: null, part: 1, of: null }],
    ['The Tin Ship: A Voyage', 'The Tin Ship: A Voyage', null],
    ['Fic', 'Fic', null],
  ])('is inferred from the subject %j', (subject, title, series) => {
    const reading = read('<p>It sailed.</p>', subject);
    expect(reading.header).toMatchObject({
      title,
      series,
      asWritten: [{ label: 'Subject', value: subject }],
    });
    expect(certaintyOf(reading, 'work.title')).toEqual(['inferred']);
  });

  test('is not taken from the subject where the header has one', () => {
    expect(read('<p>Title: Oil</p><p>Story.</p>', 'Fic: Lamps').header.title).toBe('Oil');
  });
});

test('no word is lost between header and story, whatever the lines', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'Title: Oil',
      'Rating: R',
      '<b>Notes:</b> 1) so',
      '2) too',
      'Beta: a and b',
      '',
      '* * *',
      'Mood: x',
    ),
    fc.lorem({ maxCount: 6 }),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), fc.constantFrom('<br>', '</p><p>'), (lines, between) => {
      const html = `<p>${lines.join(between)}</p>`;
      const reading = read(html);
      const kept = `${reading.remarks.map((r) => r.quote ?? '').join(' ')} ${storyOf(reading)}`;
      const count = (text: string): number => text.match(/\p{L}+/gu)?.length ?? 0;
      expect(count(kept)).toBe(count(blocksOf(html).map(blockText).join(' ')));
    }),
    { numRuns: 300 },
  );
});
