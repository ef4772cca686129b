import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sharedPath } from '../../testing/shared.ts';
import { openFile } from '../open.ts';
import { findRemainder } from '../remainder.ts';
import { livejournalS2Importer } from './index.ts';

const sample = sharedPath('samples/livejournal-html/mock_day_html_with_entries.html');

test.skipIf(sample === undefined)(
  'a page of a day gives its entries, dated by the title of the page (skips without samples)',
  () => {
    const file = openFile({ path: 'day.html', bytes: readFileSync(sample ?? '') });
    expect(livejournalS2Importer.recognises(file)).toBe(true);
    const reading = livejournalS2Importer.read(file, []);
    expect(reading.editions).toMatchObject([
      {
        work: {
          title: null,
          posted: { written: '04:34 pm', local: '2002-01-24T16:34', instant: null },
          creators: [{ name: 'myusername', role: 'author', site: 'livejournal.com' }],
          asWritten: [
            { label: 'Current Mood', value: 'impressed' },
            { label: 'Current Music', value: 'mindless self indulgence - tight' },
          ],
        },
        sources: [{ origin: 'livejournal.com/myusername/435' }],
      },
      {
        work: { title: null, posted: { written: '05:26 pm', local: '2002-01-24T17:26' } },
        sources: [{ origin: 'livejournal.com/myusername/744' }],
      },
    ]);
    expect(reading.editions.map((e) => e.passages.map((p) => p.html))).toEqual([
      ['<p>hey this is my first post here...</p>'],
      ['<p>sitting around right now...</p>'],
    ]);
    expect(reading.editions[0]?.remarks).toContainEqual(
      expect.objectContaining({ certainty: 'inferred', about: 'work.posted' }),
    );
    expect(findRemainder(file, reading)).toEqual([]);
  },
);
