import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { About } from '../../model/comment.ts';
import type { Actor } from '../../model/person.ts';
import type { CommentView } from '../../model/views.ts';
import { titleOf } from '../../phrases.ts';
import { postComment } from '../../store/talk/commenting.ts';
import { getCommentWhole } from '../../store/talk/keeping.ts';
import { actorOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { tooOften } from '../errors.tsx';
import { type Form, readForm } from '../forms.ts';
import { openedWork } from '../guard.ts';
import { frontOf, type OpenedWork, workPath } from '../handle.ts';
import { holdForm } from '../held.tsx';
import { inserted } from '../parts.tsx';
import { attempt, Field, goOn, Options, Personal, type Problems, Send, show } from '../people/parts.tsx';
import { Remembered } from '../remembered.tsx';
import { limit } from '../serving/limits.ts';
import { readersOf } from '../session.ts';
import { authorOf } from './thread.tsx';
import { saidWords } from './words.ts';

/** `GET /works/:handle/comments/new?parent=`: a form to say something about a work, or in answer to someone. */
export const sayPage: Page = (archive) => async (c) => {
  const parent = await parentOf(archive, openedWork(c), c.req.query('parent') ?? '');
  return showForm(c, archive, { parent });
};

/** `POST /works/:handle/comments`: says it. What programs fill in and people do not see is a trap for programs. */
export const sayForm: Page = (archive) => {
  const readers = readersOf(archive);
  const often = limit(30, 600);
  return async (c) => {
    const opened = openedWork(c);
    const form = await readForm(c);
    const parent = await parentOf(archive, opened, form.get('parent'));
    const author = authorIn(form, await actorOf(c, archive));
    if (author === undefined) {
      return showForm(c, archive, {
        parent,
        form,
        problems: { name: 'Say by what name you want to be called.' },
      });
    }
    if (form.get('website') !== '' || !often.take(readers.address(c))) return holdForm(c, archive, tooOften);

    let said: Awaited<ReturnType<typeof postComment>> | undefined;
    const problems = await attempt(async () => {
      said = await postComment(archive.store, {
        workId: opened.work.id,
        parent: parent?.id ?? null,
        author,
        about: aboutIn(form, opened),
        subject: form.get('subject').trim() || null,
        html: saidWords(form.get('words')),
      });
    });
    if (problems !== undefined || said === undefined)
      return showForm(c, archive, { parent, form, problems: problems ?? {} });

    const place = workPath(opened.handle, '/comments');
    return goOn(
      c,
      said.state === 'shown' ? `${workPath(opened.handle)}/comments/${said.id}` : `${place}/sent`,
    );
  };
};

/** `GET /works/:handle/comments/sent`: a comment waits for the author. */
export const sentPage: Page = (archive) => async (c) => {
  const { work, handle } = openedWork(c);
  return show(
    c,
    <Personal archive={archive} title="Thank you">
      <p>Your comment was sent. Others can read it once the author has let it in.</p>
      <p class="ways">
        <a class="button" href={frontOf(work, handle)}>
          Back to {titleOf(work)}
        </a>
      </p>
    </Personal>,
  );
};

async function parentOf(archive: Archive, { work }: OpenedWork, id: string): Promise<CommentView | null> {
  if (id === '') return null;
  const { comment } = await getCommentWhole(archive.store, id);
  return comment.workId === work.id && (comment.state === 'shown' || comment.state === 'frozen')
    ? comment
    : null;
}

/** Whose words they are: one of the account's pseuds, or the name a guest gives; undefined when none was given. */
function authorIn(form: Form, actor: Actor): Parameters<typeof postComment>[1]['author'] | undefined {
  if (actor.kind === 'guest') {
    const name = form.get('name').trim().slice(0, 60);
    return name === '' ? undefined : { kind: 'guest', name };
  }
  const pseud = actor.pseuds.find((p) => p.id === form.get('as')) ?? actor.pseuds[0];
  return pseud === undefined ? undefined : { kind: 'pseud', id: pseud.id };
}

/** What it is about: the work, or branches of one of its sets (`p3 A`, `p3 B`). */
function aboutIn(form: Form, { work }: OpenedWork): About {
  const [place = '', siglum = ''] = form.get('about').split(' ');
  const set = work.variantSets.find((s) => s.place === place);
  const branch = set?.branches.find((b) => b.siglum === siglum);
  return branch === undefined ? { kind: 'work' } : { kind: 'branch', place, sigla: [branch.siglum] };
}

interface SayProps {
  readonly parent: CommentView | null;
  readonly form?: Form;
  readonly problems?: Problems;
}

async function showForm(c: Context, archive: Archive, props: SayProps): Promise<Response> {
  const opened = openedWork(c);
  const actor = await actorOf(c, archive);
  return show(c, <SayPage {...{ archive, opened, actor }} {...props} />, props.problems);
}

const SayPage: FC<
  SayProps & { readonly archive: Archive; readonly opened: OpenedWork; readonly actor: Actor }
> = (props) => {
  const { archive, opened, actor, parent, form, problems } = props;
  const { work, handle } = opened;
  return (
    <Personal
      archive={archive}
      title={parent === null ? `Say something about ${titleOf(work)}` : `Answer ${authorOf(parent)}`}
      problems={problems}
    >
      <p class="crumb">
        <a href={workPath(handle, '/comments')}>The conversation</a>
      </p>
      {parent !== null && <blockquote class="card comment-words">{inserted(parent.html, handle)}</blockquote>}
      <form method="post" action={workPath(handle, '/comments')} class="form">
        {actor.kind === 'account' && (
          <Remembered form={`${actor.id}/${work.id}/${parent?.id ?? ''}`} fields={['words']} />
        )}
        {parent !== null && <input type="hidden" name="parent" value={parent.id} />}
        <As {...props} />
        <Field
          name="words"
          label="Your words"
          hint="An empty line begins a new paragraph. *Stars* make words lean, **two** make them strong."
          value={form?.get('words')}
          problems={problems}
          lines={8}
          max={10_000}
        />
        {parent === null && <AboutChoice {...props} />}
        <div class="trap" aria-hidden="true">
          <label for="website">Leave this empty</label>
          <input id="website" name="website" tabindex={-1} autocomplete="off" />
        </div>
        <Send>{parent === null ? 'Say it' : 'Answer'}</Send>
      </form>
    </Personal>
  );
};

const As: FC<{ readonly actor: Actor; readonly form?: Form; readonly problems?: Problems }> = ({
  actor,
  form,
  problems,
}) => {
  if (actor.kind === 'guest') {
    return (
      <Field name="name" label="Your name here" value={form?.get('name')} problems={problems} max={60} />
    );
  }
  if (actor.pseuds.length < 2) return <p>You speak as {actor.pseuds[0]?.name ?? 'yourself'}.</p>;
  const names = Object.fromEntries(actor.pseuds.map((p) => [p.id, p.name]));
  return (
    <Options
      name="as"
      label="You speak as"
      value={form?.get('as') || (actor.pseuds[0]?.id ?? '')}
      options={names}
    />
  );
};

const AboutChoice: FC<{ readonly opened: OpenedWork; readonly form?: Form }> = ({
  opened: { work },
  form,
}) => {
  const branches = work.variantSets.flatMap((set) =>
    set.branches.map((b) => [`${set.place} ${b.siglum}`, `${b.siglum} · ${b.label}`] as const),
  );
  if (branches.length === 0) return null;
  const options = { work: 'The whole of it', ...Object.fromEntries(branches) };
  return <Options name="about" label="About" value={form?.get('about') || 'work'} options={options} />;
};
