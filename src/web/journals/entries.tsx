import type { FC } from 'hono/jsx';
import { blocksOf, blockText, type CleanHtml, joinBlocks } from '../../html.ts';
import { calendarKeyOf } from '../../model/date.ts';
import type { JournalEntry } from '../../model/views.ts';
import { count, sayDate, titleOf } from '../../phrases.ts';
import { notePath, workPath } from '../handle.ts';
import { EntryDate, insertedAmong, WorkEntry } from '../parts.tsx';

interface EntriesProps {
  readonly entries: readonly JournalEntry[];
  /** The address of the journal they stand in. */
  readonly path: string;
}

/** The entries of a journal under the names of their months. */
export const MonthsOfEntries: FC<EntriesProps> = ({ entries, path }) => (
  <>
    {months(entries).map(([month, among]) => (
      <section class="journal-month">
        <h2>
          {month === '' ? 'Undated' : <a href={`${path}/${month.replace('-', '/')}`}>{sayMonth(month)}</a>}
        </h2>
        <Entries entries={among} />
      </section>
    ))}
  </>
);

/** Entries of a journal one under another: stories as everywhere, notes with their words. */
export const Entries: FC<{ readonly entries: readonly JournalEntry[] }> = ({ entries }) => (
  <ol class="entries journal">
    {entries.map((entry) =>
      entry.kind === 'story' ? (
        <WorkEntry work={entry.work} level={3} dated={entry.dated} />
      ) : (
        <NoteEntry note={entry} />
      ),
    )}
  </ol>
);

/** `May 2006`, `2006` for a key such as `2006-05`. */
export function sayMonth(month: string): string {
  return sayDate({ written: null, local: month, instant: null, zone: null, precision: 'month' });
}

function months(
  entries: readonly JournalEntry[],
): readonly (readonly [month: string, entries: readonly JournalEntry[]])[] {
  const monthOf = ({ dated }: JournalEntry): string =>
    /^\d{4}(?:-\d\d)?/.exec(calendarKeyOf(dated))?.[0] ?? '';
  return [...Map.groupBy(entries, monthOf)];
}

const NoteEntry: FC<{ readonly note: Exclude<JournalEntry, { readonly kind: 'story' }> }> = ({ note }) => {
  const { work, dated } = note;
  const home = note.kind === 'note' ? notePath(work.id) : workPath(work.id);
  const { html, isWhole } = note.kind === 'note' ? excerptOf(note.html) : { html: note.html, isWhole: true };
  const title = note.kind === 'note' ? titleOf(note.work) : note.title;
  return (
    <li class="entry journal-note" itemscope itemtype="https://schema.org/BlogPosting">
      <article>
        {dated !== null && <EntryDate date={dated} />}
        <h3 itemprop="headline">{note.kind === 'note' ? <a href={home}>{title}</a> : (title ?? 'A note')}</h3>
        <div class="journal-words" dir="auto">
          {insertedAmong(html, work.id, home)}
        </div>
        <p class="facts">
          {!isWhole && (
            <span>
              <a href={home} aria-label={`Read on: ${title}`}>
                Read on
              </a>
            </span>
          )}
          {note.kind === 'note' && note.work.comments > 0 && (
            <span>
              <a href={workPath(work.id, '/comments')}>{count(note.work.comments, 'comment')}</a>
            </span>
          )}
          {note.kind === 'enclosed' && (
            <span>
              came with <a href={home}>{titleOf(work)}</a>
            </span>
          )}
        </p>
      </article>
    </li>
  );
};

/** At most this many characters of a note stand in a list. */
const longest = 1200;

/** The first blocks of a text, and whether they are all of it. */
function excerptOf(html: CleanHtml): { readonly html: CleanHtml; readonly isWhole: boolean } {
  if (html.length <= longest) return { html, isWhole: true };
  const blocks = blocksOf(html);
  let length = 0;
  const most = blocks.findIndex((block) => {
    length += blockText(block).length;
    return length > longest;
  });
  if (most < 0) return { html, isWhole: true };
  return { html: joinBlocks(blocks.slice(0, Math.max(most, 1))), isWhole: most === 0 && blocks.length === 1 };
}
