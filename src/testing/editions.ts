import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type CleanHtml, cleanHtml, textOfHtml } from '../html.ts';
import { type Comment, type CommentAuthor, commentStates } from '../model/comment.ts';
import type { WrittenDate } from '../model/date.ts';
import { type Edition, emptyEdition } from '../model/edition.ts';
import { certainties, type Remark } from '../model/remark.ts';
import type { Resource, SourceRecord } from '../model/source.ts';
import { type Passage, type Story, siglumOf } from '../model/state.ts';
import { countWords } from '../model/text/words.ts';
import { archiveWarnings, categories, type Header, ratings, roles } from '../model/work.ts';
import { sharedPath } from './shared.ts';

/** Strings that have broken programs: a few of our own, and the Big List of Naughty Strings where it lies beside. */
const naughty: readonly string[] = [
  '<script>alert(1)</script>',
  '&amp;lt; ]]> --> <!-- <?x?>',
  '\u0000\u0001\u0008\u000b\u001f\u007f\u0085\ufffe\uffff',
  'lone \ud800 and \udfff surrogates',
  '# heading\n---\n- [x] *emphasis* `code` ::: <b>',
  '"\'\\ / .. %00 {{y}}',
  '\u202eright to left\u202c עברית العربية',
  '\r\n\t\u00a0\u200b\u2028\ufeff',
  '𝒜 👩‍👩‍👧 é é Ω',
  ...blns(),
];

function blns(): readonly string[] {
  const path = sharedPath('corpora/blns.json');
  const strings: unknown = path === undefined ? [] : JSON.parse(readFileSync(path, 'utf8'));
  return Array.isArray(strings) ? strings.filter((s) => typeof s === 'string') : [];
}

/** Any text: empty, ordinary, hostile. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  { weight: 3, arbitrary: fc.constantFrom(...naughty) },
);

const tags = fc.constantFrom(
  'p',
  'b',
  'i',
  'h3',
  'blockquote',
  'ul',
  'li',
  'table',
  'td',
  'pre',
  'a href="#x" id="x"',
  'span lang="ar" dir="rtl"',
  'center',
);
const markup = fc.oneof(
  anyText,
  fc.tuple(tags, anyText).map(([tag, words]) => `<${tag}>${words}</${tag.split(' ')[0]}>`),
  fc.constantFrom('<br>', '<hr>', '<br><br><br>', '<a href="https://a.example/?a=1&b=2">x</a>'),
);

/** Any clean text. */
export const anyHtml: fc.Arbitrary<CleanHtml> = fc
  .array(markup, { maxLength: 5 })
  .map((parts) => cleanHtml(parts.join('')));

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const few = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(arbitrary, { maxLength: 3 });
const moment = fc
  .integer({ min: 946_684_800, max: 1_800_000_000 })
  .map((s) => new Date(s * 1000).toISOString().replace('.000', ''));

const date: fc.Arbitrary<WrittenDate> = fc.record({
  written: orNull(anyText),
  local: fc.constantFrom(null, '2006', '2006-05', '2006-05-28', '2006-05-28T12:47', '2006-05-28T12:47:30'),
  instant: orNull(moment),
  zone: fc.constantFrom(null, 'UTC', '+02:00'),
  precision: fc.constantFrom('year', 'month', 'day', 'minute', 'second'),
});

const header: fc.Arbitrary<Header<CleanHtml>> = fc.record({
  title: orNull(anyText),
  creators: few(fc.record({ name: anyText, role: fc.constantFrom(...roles), site: orNull(anyText) })),
  fandoms: few(anyText),
  relationships: few(anyText),
  characters: few(anyText),
  freeforms: few(anyText),
  rating: fc.constantFrom(null, ...ratings),
  warnings: fc.subarray([...archiveWarnings]),
  categories: fc.subarray([...categories]),
  language: fc.constantFrom(null, 'en', 'de-CH', 'ar', 'zh-Hant'),
  summary: orNull(anyHtml),
  notes: orNull(anyHtml),
  endnotes: orNull(anyHtml),
  disclaimer: orNull(anyHtml),
  series: orNull(fc.record({ name: orNull(anyText), part: orNull(fc.nat(9)), of: orNull(fc.nat(9)) })),
  posted: orNull(date),
  revised: orNull(date),
  complete: fc.constantFrom(null, true, false),
  asWritten: few(fc.record({ label: anyText, value: anyText })),
});

function passage(key: string): fc.Arbitrary<Passage<CleanHtml>> {
  return fc
    .record({
      title: orNull(anyText),
      html: anyHtml,
      ending: fc.boolean(),
      tags: few(anyText),
      sets: few(anyText),
      unsets: few(anyText),
    })
    .map((p) => ({ key, ...p, words: countWords(textOfHtml(p.html)) }));
}

/** Any story that holds the invariants: keys in order, choices among them, at most one place that divides. */
export const anyStory: fc.Arbitrary<Story<CleanHtml>> = fc
  .uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,5}$/), { minLength: 1, maxLength: 6 })
  .chain((keys) => {
    const key = fc.constantFrom(...keys);
    const condition = fc.oneof(
      fc.record({ kind: fc.constant('flag' as const), flag: anyText, holds: fc.boolean() }),
      fc.record({ kind: fc.constant('visited' as const), passage: key, holds: fc.boolean() }),
    );
    const choices = fc.array(fc.record({ from: key, to: key, label: anyText, showIf: few(condition) }), {
      maxLength: 4,
    });
    const [place = '', ...heads] = keys;
    const sets =
      heads.length < 2
        ? fc.constant([])
        : fc.array(anyText, { minLength: 2, maxLength: heads.length }).map((labels) => [
            {
              place,
              branches: labels.map((label, i) => ({ siglum: siglumOf(i), label, head: heads[i] ?? '' })),
            },
          ]);
    return fc.record({
      passages: fc.tuple(...keys.map(passage)),
      choices,
      variantSets: fc.oneof(fc.constant([]), sets),
    });
  });

const author: fc.Arbitrary<CommentAuthor | null> = fc.oneof(
  fc.constant(null),
  fc.constant({ kind: 'anonymous' as const }),
  fc.record({ kind: fc.constant('guest' as const), name: anyText }),
  fc.record({ kind: fc.constant('imported' as const), name: anyText, site: orNull(anyText) }),
  fc.record({ kind: fc.constant('pseud' as const), id: anyText, name: anyText }),
);

function comments({ passages, variantSets }: Story<CleanHtml>): fc.Arbitrary<readonly Comment<CleanHtml>[]> {
  const key = fc.constantFrom(...passages.map((p) => p.key));
  const branch = variantSets.map((s) => ({ kind: 'branch' as const, place: s.place, sigla: ['A'] }));
  const about = fc.oneof(
    fc.constant({ kind: 'work' as const }),
    fc.record({ kind: fc.constant('passage' as const), key }),
    fc.record({ kind: fc.constant('words' as const), key, quote: anyText, start: fc.nat(99) }),
    ...branch.map((b) => fc.constant(b)),
  );
  const one = fc.record({
    parent: fc.nat(3),
    author,
    posted: orNull(date),
    edited: orNull(date),
    subject: orNull(anyText),
    html: anyHtml,
    state: fc.constantFrom(...commentStates),
    about,
    icon: orNull(anyText),
    importedFrom: orNull(anyText),
    source: fc.constantFrom(null, 'b'.repeat(64)),
  });
  return fc.array(one, { maxLength: 5 }).map((all) =>
    all.map((c, i) => ({
      ...c,
      id: `c${i + 1}`,
      parent: c.parent > i || c.parent === 0 ? null : `c${i - c.parent + 1}`,
    })),
  );
}

const source: fc.Arbitrary<SourceRecord> = fc.record({
  sha256: fc.constantFrom('b'.repeat(64), 'c'.repeat(64)),
  name: anyText,
  size: fc.nat(),
  importer: anyText,
  importerVersion: fc.nat(9),
  address: orNull(anyText),
  savedAt: orNull(moment),
  charset: anyText,
  origin: orNull(anyText),
});

const remark: fc.Arbitrary<Remark> = fc.record({
  certainty: fc.constantFrom(...certainties),
  about: anyText,
  where: orNull(fc.record({ file: anyText, line: orNull(fc.nat()), element: orNull(anyText) })),
  message: anyText,
  quote: orNull(anyText),
  alternatives: few(fc.record({ value: anyText, label: anyText })),
  decidedBy: orNull(anyText),
  decidedAt: orNull(moment),
});

/** A resource with these bytes. */
export function resource(mediaType: string, bytes: Uint8Array): Resource {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path: sha256, mediaType, sha256, base64: Buffer.from(bytes).toString('base64') };
}

const resources = fc
  .uniqueArray(fc.uint8Array({ maxLength: 9 }), { maxLength: 2, selector: (bytes) => bytes.join() })
  .map((all) => all.map((bytes) => resource('image/png', bytes)));

/** Any Edition that holds the invariants, in every field something hostile now and then. It names at least one source. */
export const anyEdition: fc.Arbitrary<Edition<CleanHtml>> = anyStory.chain((story) =>
  fc
    .record({
      work: header,
      comments: comments(story),
      states: few(
        fc.record({ number: fc.nat(9), work: header, madeAt: moment, why: anyText, story: anyStory }),
      ).map((states) =>
        states.map(({ story: { passages, choices, variantSets }, ...s }) => ({
          ...s,
          passages,
          choices,
          variantSets,
        })),
      ),
      notes: few(
        fc.record({ title: orNull(anyText), posted: orNull(date), html: anyHtml, source: fc.constant(null) }),
      ),
      verdicts: few(fc.record({ sigla: fc.subarray(['A', 'B']), at: moment })).map((all) =>
        story.variantSets.flatMap((s) => all.map((v) => ({ place: s.place, ...v }))),
      ),
      sources: fc.array(source, { minLength: 1, maxLength: 2 }),
      resources,
      remarks: few(remark),
      decisions: few(fc.record({ about: anyText, value: anyText, by: anyText, at: moment })),
    })
    .map((rest) => ({ ...emptyEdition, ...story, ...rest })),
);
