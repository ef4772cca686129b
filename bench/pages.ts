import { type CleanHtml, htmlOfText } from '../src/html.ts';
import type { TestComment, TestEntry } from '../src/import/journal/thread.testing.ts';
import { render2013 } from '../src/import/livejournal-2013/render.testing.ts';
import type { Comment } from '../src/model/comment.ts';
import { type Edition, emptyEdition } from '../src/model/edition.ts';
import { countWords } from '../src/model/text/words.ts';
import { emptyHeader } from '../src/model/work.ts';
import { paragraphs, seeded, story } from '../src/testing/versions.ts';

/** The story page of the web figures: a header, 5,000 words and 100 comments, nested. */
export function storyEdition(): Edition<CleanHtml> {
  const random = seeded(5000);
  const text = paragraphs(story(random, 5000)).join('\n\n');
  return {
    ...emptyEdition,
    work: {
      ...emptyHeader,
      title: 'The Measured Story',
      creators: [{ name: 'horace', role: 'author', site: 'journal.example' }],
      fandoms: ['Lamps'],
      relationships: ['Maud/Horace'],
      characters: ['Maud', 'Horace'],
      freeforms: ['Rain', 'Keys'],
      rating: 'General Audiences',
      warnings: ['No Archive Warnings Apply'],
      language: 'en',
      summary: htmlOfText('A lamp goes out.'),
      notes: htmlOfText('For whoever waits.'),
    },
    passages: [
      {
        key: 'p1',
        title: null,
        html: htmlOfText(text),
        words: countWords(text),
        ending: true,
        tags: [],
        sets: [],
        unsets: [],
      },
    ],
    comments: Array.from({ length: 100 }, (_, i) => commentOf(i, random)),
  };
}

/** Ten threads of ten; in each, every third answer begins a new line of answers to the first. */
function commentOf(i: number, random: () => number): Comment<CleanHtml> {
  const within = i % 10;
  const parent = within === 0 ? null : within % 3 === 0 ? i - within : i - 1;
  const minute = String(10 + (i % 50));
  return {
    id: `c${i}`,
    parent: parent === null ? null : `c${parent}`,
    author: { kind: 'imported', name: `reader${i % 40}`, site: 'journal.example' },
    posted: {
      written: `2006-05-28 12:${minute} pm (UTC)`,
      local: `2006-05-28T12:${minute}`,
      instant: `2006-05-28T12:${minute}:00Z`,
      zone: 'UTC',
      precision: 'minute',
    },
    edited: null,
    subject: null,
    html: htmlOfText(paragraphs(story(random, 25)).join('\n\n')),
    state: 'shown',
    about: { kind: 'work' },
    icon: null,
    importedFrom: null,
    source: null,
  };
}

/** Bytes of the saved page of the import figures. */
const pageSize = 1_100_000;

/**
 * A LiveJournal page of 1.1 MB as its design of 2013 printed it: a story and 500 comments, every seventh a new
 * thread. Another number gives another entry with other words, so that importing it is never importing it again.
 */
export function savedPage(number: number): string {
  const random = seeded(1_000_003 + number);
  const entry = entryOf(number, random);
  const bare = render2013({ ...entry, comments: commentsOf(number, random, 0) }).length;
  const perComment = Math.floor((pageSize - bare) / 500 / 4.9);
  return render2013({ ...entry, comments: commentsOf(number, random, perComment) });
}

function entryOf(number: number, random: () => number): TestEntry {
  const header =
    '<b>Title:</b> The Lamp and the Key<br /><b>Author:</b> horace<br /><b>Rating:</b> PG<br /><br />';
  return {
    site: 'livejournal.com',
    journal: 'horace',
    community: false,
    poster: 'horace',
    ditemid: (1_000_000 + number) * 256 + 7,
    subject: 'Fic: The Lamp and the Key',
    local: '2006-05-28T12:47',
    instant: '2006-05-28T12:47:00Z',
    body: header + paragraphs(story(random, 5000)).join('<br /><br />'),
    mood: 'tired',
    music: null,
    location: null,
    tags: ['fic', 'lamp'],
    comments: [],
  };
}

function commentsOf(number: number, random: () => number, words: number): TestComment[] {
  const base = (1_000_000 + number) * 1000;
  return Array.from({ length: 500 }, (_, i) => {
    const depth = i % 7;
    return {
      id: (base + i) * 256 + 7,
      parentId: depth === 0 ? null : (base + i - 1) * 256 + 7,
      depth,
      author: { kind: 'user', name: `reader${i % 90}` },
      instant: new Date(Date.UTC(2006, 4, 29) + i * 60_000).toISOString().replace('.000Z', 'Z'),
      subject: null,
      body: paragraphs(story(random, words)).join('<br /><br />'),
      state: 'shown',
      stub: false,
      hiddenAs: 'spam',
      icon: null,
      importedFrom: null,
      edited: null,
    };
  });
}
