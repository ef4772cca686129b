import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid, Unreadable } from '../../../errors.ts';
import type { AccountActor, Pseud } from '../../../model/person.ts';
import { type ThreadSetting, threadSettings } from '../../../model/work.ts';
import { createWork } from '../../../store/writing.ts';
import { accountOf } from '../../actor.ts';
import { type Archive, type Page, render } from '../../archive.ts';
import { readForm, sentFile } from '../../forms.ts';
import { Remembered } from '../../remembered.tsx';
import { leadTo, penName, studioPath } from '../desk.ts';
import { type Fault, faultOf, Reason, StudioFrame } from '../frame.tsx';
import { ThreadMenu } from '../publishing/publication.tsx';
import { readyTexts } from '../writing/text.ts';
import { type Beginning, begin, beginnings, filledIn } from './beginning.ts';
import { HeaderFields, longFields, TitleField } from './header-fields.tsx';
import { knownTags, readHeader, sentHeader, type TypedHeader, typedHeader } from './header-form.ts';

/** `GET /studio/new?start=`: a new story in one page. */
export const newWorkPage: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const typed = { header: typedHeader(), text: '', start: readStart(c.req.query('start')) };
  return showForm(c, archive, actor, { ...typed, pseud: '', thread: 'open' }, []);
};

/** `POST /studio`: begins it, as a draft. */
export const beginWork: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const typed: Typed = {
    header: sentHeader(form),
    text: form.get('text'),
    start: readStart(form.get('start')),
    pseud: form.get('pseud'),
    thread: threadSettings.find((name) => name === form.get('thread')) ?? 'open',
  };
  const by = actor.pseuds.find((pseud) => pseud.id === typed.pseud) ?? penName(actor);

  try {
    const { header: said, faults } = readHeader(typed.header);
    if (faults.length > 0) return showForm(c, archive, actor, typed, faults);
    const file = await sentFile(c, 'file');
    if (file === undefined && typed.start !== 'read') await readyTexts([typed.text], [], actor.id);
    const { story, header: read } = await begin(typed.start, typed.text, file);
    const header = filledIn(said, read);
    const { title } = header;
    const work = { title, creators: [by.id], header, story, by: by.id, thread: typed.thread };
    return leadTo(c, studioPath(await createWork(archive.store, work)), 'begun');
  } catch (error) {
    if (!(error instanceof Invalid || error instanceof Unreadable || error instanceof Conflict)) throw error;
    const fault = faultOf(error);
    return showForm(c, archive, actor, typed, [{ ...fault, path: 'text' }]);
  }
};

interface Typed {
  readonly header: TypedHeader;
  readonly text: string;
  readonly start: Beginning;
  readonly pseud: string;
  readonly thread: ThreadSetting;
}

function readStart(text: string | undefined): Beginning {
  return beginnings.find((way) => way === text) ?? 'text';
}

async function showForm(
  c: Context,
  archive: Archive,
  { id, pseuds }: AccountActor,
  typed: Typed,
  faults: readonly Fault[],
): Promise<Response> {
  const known = await knownTags(archive);
  return render(c, <NewWorkPage {...{ archive, pseuds, typed, accountId: id, faults, known }} />, {
    cache: 'private',
    status: faults.length > 0 ? 422 : 200,
  });
}

interface NewWorkProps {
  readonly archive: Archive;
  readonly accountId: string;
  readonly pseuds: readonly Pseud[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  readonly known: Awaited<ReturnType<typeof knownTags>>;
}

const ways: Readonly<Record<Beginning, { readonly name: string; readonly says: string }>> = {
  text: { name: 'One text', says: 'Take the words as they are. You can divide them later.' },
  endings: {
    name: 'Two endings',
    says: 'The words are the story until it divides; two endings wait to be written.',
  },
  read: {
    name: 'Read it for me',
    says: 'For a text or a saved page with a header, chapters or endings of its own: they become fields and passages.',
  },
};

const NewWorkPage: FC<NewWorkProps> = ({ archive, accountId, pseuds, typed, faults, known }) => {
  const fields = { typed: typed.header, faults, known };
  return (
    <StudioFrame archive={archive} title="New story">
      <div class="page studio-page">
        <p class="up">
          <a href="/studio">Your stories</a>
        </p>
        <h1>New story</h1>
        <p class="soft">
          It begins as a draft that nobody else sees. Only what you want to fill in needs filling in.
        </p>
        <form method="post" action="/studio" enctype="multipart/form-data" class="studio-form">
          <Remembered form={`${accountId}/new`} fields={['title', 'text', ...longFields]} />
          <TitleField {...fields} />
          {pseuds.length > 1 && <PenName pseuds={pseuds} chosen={typed.pseud} />}
          <StoryFields typed={typed} faults={faults} />
          <details class="more-fields" open={faults.some((f) => f.path !== 'text' && f.path !== 'title')}>
            <summary>Tags, rating, summary and notes</summary>
            <HeaderFields {...fields} untitled />
            <ThreadMenu chosen={typed.thread} />
          </details>
          <p class="ways-row">
            <button class="button button-main" type="submit">
              Begin this story
            </button>
            <a class="button" href="/studio">
              Not now
            </a>
          </p>
        </form>
      </div>
    </StudioFrame>
  );
};

/** Under which of several names it is written. */
export const PenName: FC<{ readonly pseuds: readonly Pseud[]; readonly chosen: string }> = ({
  pseuds,
  chosen,
}) => (
  <p class="field">
    <label for="pseud">Written by</label>
    <select id="pseud" name="pseud">
      {pseuds.map(({ id, name }) => (
        <option value={id} selected={id === chosen}>
          {name}
        </option>
      ))}
    </select>
  </p>
);

const StoryFields: FC<{ readonly typed: Typed; readonly faults: readonly Fault[] }> = ({ typed, faults }) => {
  const fault = faults.find((f) => f.path === 'text');
  return (
    <section class="fields" aria-labelledby="the-story">
      <h2 id="the-story">The story</h2>
      <p class="field">
        <label for="text">Write or paste it here</label>
        <textarea id="text" name="text" rows={14} class="writing" aria-describedby="text-hint text-fault">
          {`\n${typed.text}`}
        </textarea>
        <span class="hint" id="text-hint">
          An empty line ends a paragraph. *One star* leans, **two** are bold, *** alone parts scenes.
        </span>
      </p>
      <Reason id="text-fault" fault={fault} />
      <p class="field">
        <label for="file">Or bring a file</label>
        <input id="file" name="file" type="file" accept=".txt,.md,.markdown,.html,.htm,.json,text/*" />
        <span class="hint">A text, a Markdown file, or a saved page. It is read for you.</span>
      </p>
      <fieldset class="field">
        <legend>Begin with</legend>
        <div class="options">
          {beginnings.map((way) => (
            <label class="option">
              <input type="radio" name="start" value={way} checked={way === typed.start} />
              <span>
                <strong>{ways[way].name}</strong>
                <span class="hint">{ways[way].says}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </section>
  );
};
