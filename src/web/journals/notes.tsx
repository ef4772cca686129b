import type { FC } from 'hono/jsx';
import type { Page as Run } from '../../model/views.ts';
import { count, titleOf } from '../../phrases.ts';
import { listWritten, type WrittenWork } from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import { type Archive, type Page, render } from '../archive.ts';
import { Dated, Day, More } from '../parts.tsx';
import { StudioFrame } from '../studio/frame.tsx';
import { stageName } from '../studio/works.tsx';
import { writtenNotePath } from './stories.ts';

/** `GET /studio/notes?after=`: the notes of whoever asks, under all her names, in every stage. */
export const notesPage: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const after = c.req.query('after') ?? null;
  const ids = actor.pseuds.map(({ id }) => id);
  const notes = await listWritten(archive.store, ids, { kind: 'note', after });
  const props = { archive, notes, names: actor.pseuds.length > 1, first: after === null };
  return render(c, <NotesPage {...props} />, { cache: 'private' });
};

interface NotesProps {
  readonly archive: Archive;
  readonly notes: Run<WrittenWork>;
  /** Whether she has several names, so that each note says under which it stands. */
  readonly names: boolean;
  readonly first: boolean;
}

const NotesPage: FC<NotesProps> = ({ archive, notes, names, first }) => (
  <StudioFrame archive={archive} title="Your notes">
    <div class="page studio-page">
      <p class="up">
        <a href="/studio">Your stories</a>
      </p>
      <div class="list-head">
        <h1>Your notes</h1>
        <a class="button button-main" href="/studio/notes/new">
          New note
        </a>
      </div>
      {notes.items.length === 0 && first ? (
        <p class="soft">
          Nothing yet. A note is a dated post that is no story: thanks, news, a thought about what you write.
          It stands in your journal, and readers can answer it.
        </p>
      ) : (
        <ul class="entries">
          {notes.items.map((note) => (
            <Written note={note} named={names} />
          ))}
        </ul>
      )}
      <More path="/studio/notes" next={notes.next}>
        Earlier notes
      </More>
    </div>
  </StudioFrame>
);

const Written: FC<{ readonly note: WrittenWork; readonly named: boolean }> = ({ note, named }) => (
  <li class="entry">
    <article>
      <header class="entry-head">
        <h2>
          <a href={writtenNotePath(note.id)}>{titleOf(note)}</a>
        </h2>
        <p class="entry-marks">
          <span class={`stage stage-${note.stage}`}>{stageName(note)}</span>
        </p>
      </header>
      <p class="facts">
        {named && <span>by {note.creators.map(({ name }) => name).join(', ')}</span>}
        <span>{count(note.words, 'word')}</span>
        {note.header.posted !== null && (
          <span>
            dated <Dated date={note.header.posted} quiet />
          </span>
        )}
        <span>
          saved <Day at={note.stateMadeAt} />
        </span>
      </p>
    </article>
  </li>
);
