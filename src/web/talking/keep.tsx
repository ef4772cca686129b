import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { type Actor, may, type Subject } from '../../model/person.ts';
import { doable } from '../../model/talk.ts';
import type { CommentView } from '../../model/views.ts';
import { type ThreadSetting, threadSettings } from '../../model/work.ts';
import { count, titleOf } from '../../phrases.ts';
import { deleteComment, editComment } from '../../store/talk/commenting.ts';
import {
  approveComment,
  freezeComments,
  getCommentWhole,
  listWaiting,
  setThread,
} from '../../store/talk/keeping.ts';
import { markdownToEdit } from '../../writing/markdown.ts';
import { actorOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { askedSubject, openedWork } from '../guard.ts';
import { type OpenedWork, workPath } from '../handle.ts';
import { inserted } from '../parts.tsx';
import { attempt, Field, goOn, Options, Personal, type Problems, Send, show } from '../people/parts.tsx';
import { authorOf } from './thread.tsx';
import { saidWords } from './words.ts';

/** `GET /comments/:id/options`: what whoever asks may do with a comment. */
export const commentOptionsPage: Page = (archive) => async (c) => showOptions(c, archive);

/** `POST /comments/:id`: gives a comment of one's own other words. */
export const commentForm: Page = (archive) => async (c) => {
  const form = await readForm(c);
  const subject = form.get('subject').trim() || null;
  const problems = await attempt(async () =>
    editComment(archive.store, idOf(c), { subject, html: saidWords(form.get('words')) }),
  );
  return problems === undefined
    ? goOn(c, `/comments/${idOf(c)}`)
    : showOptions(c, archive, { form, problems });
};

/** `POST /comments/:id/deletion` */
export const deletionForm: Page = (archive) => async (c) => {
  await deleteComment(archive.store, idOf(c));
  const isThere = may(await actorOf(c, archive), 'read a work', askedSubject(c));
  return goOn(c, isThere ? workPath(openedWork(c).handle, '/comments') : '/');
};

/** `POST /comments/:id/freezing` with `frozen` yes or no. */
export const freezingForm: Page = (archive) => async (c) => {
  await freezeComments(archive.store, idOf(c), (await readForm(c)).get('frozen') === 'yes');
  return goOn(c, `/comments/${idOf(c)}`);
};

/** `POST /comments/:id/approval`: lets a comment in that waited. */
export const approvalForm: Page = (archive) => async (c) => {
  const problems = await attempt(() => approveComment(archive.store, idOf(c)));
  const waiting = workPath(openedWork(c).handle, '/comments/waiting');
  return problems === undefined ? goOn(c, waiting) : showOptions(c, archive, { problems });
};

/** `GET /works/:handle/comments/waiting`: what waits to be let in, and how the conversation is kept. */
export const waitingPage: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const waiting = await listWaiting(archive.store, opened.work.id);
  return show(c, <WaitingPage {...{ archive, opened, waiting }} />);
};

/** `POST /works/:handle/thread`: open, by approval, frozen or closed. */
export const threadForm: Page = (archive) => async (c) => {
  const opened = openedWork(c);
  const asked = (await readForm(c)).get('thread');
  const thread = threadSettings.find((setting) => setting === asked);
  if (thread !== undefined) await setThread(archive.store, opened.work.id, thread);
  return goOn(c, workPath(opened.handle, '/comments/waiting'));
};

function idOf(c: Context): string {
  return c.req.param('id') ?? '';
}

async function showOptions(
  c: Context,
  archive: Archive,
  again: { readonly form?: Form; readonly problems?: Problems } = {},
): Promise<Response> {
  const { comment, answers } = await getCommentWhole(archive.store, idOf(c));
  const opened = openedWork(c);
  const actor = await actorOf(c, archive);
  const subject = askedSubject(c);
  const page = <OptionsPage {...{ archive, opened, actor, subject, comment, answers }} {...again} />;
  return show(c, page, again.problems);
}

interface OptionsProps {
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly actor: Actor;
  readonly subject: Subject;
  readonly comment: CommentView;
  readonly answers: number;
  readonly form?: Form;
  readonly problems?: Problems;
}

const OptionsPage: FC<OptionsProps> = (props) => {
  const { archive, opened, actor, subject, comment, answers, form, problems } = props;
  const isMine = may(actor, 'edit a comment', subject);
  const canEdit = isMine && doable({ ...comment, answers }, opened.work.thread).edit;
  const keeps = may(actor, 'moderate a thread', subject);
  return (
    <Personal archive={archive} title={`A comment by ${authorOf(comment)}`} problems={problems}>
      <p class="crumb">
        {may(actor, 'read a work', subject) ? (
          <a href={workPath(opened.handle, '/comments')}>{titleOf(opened.work)}</a>
        ) : (
          'On a work that is not public now'
        )}
      </p>
      <blockquote class="card comment-words">{inserted(comment.html, opened.handle)}</blockquote>
      {canEdit && (
        <form method="post" action={`/comments/${comment.id}`} class="form">
          <Field
            name="words"
            label="Your words"
            value={form?.get('words') ?? markdownToEdit(comment.html)}
            problems={problems}
            lines={8}
            max={10_000}
          />
          <Send>Keep these words</Send>
        </form>
      )}
      {isMine && !canEdit && (
        <p>It was answered or frozen, so its words stay as they are. You can still take it away.</p>
      )}
      {keeps && <KeeperForms comment={comment} />}
      {may(actor, 'delete a comment', subject) && <Deletion comment={comment} answers={answers} />}
    </Personal>
  );
};

const KeeperForms: FC<{ readonly comment: CommentView }> = ({ comment: { id, state } }) => (
  <>
    {state === 'screened' && (
      <form method="post" action={`/comments/${id}/approval`} class="form">
        <Send>Let it in</Send>
      </form>
    )}
    {(state === 'shown' || state === 'frozen') && (
      <form method="post" action={`/comments/${id}/freezing`} class="form">
        <input type="hidden" name="frozen" value={state === 'shown' ? 'yes' : 'no'} />
        <p>
          {state === 'shown'
            ? 'Freezing keeps it and everything below it in view, and takes no more answers.'
            : 'It is frozen: it takes no answers.'}
        </p>
        <button class="button" type="submit">
          {state === 'shown' ? 'Freeze from here' : 'Let it go on'}
        </button>
      </form>
    )}
  </>
);

const Deletion: FC<{ readonly comment: CommentView; readonly answers: number }> = ({ comment, answers }) => (
  <form method="post" action={`/comments/${comment.id}/deletion`} class="form">
    <p>
      {answers > 0
        ? `Its words and its name go for good; ${count(answers, 'answer')} to it stay, below an empty place.`
        : 'It goes for good. Nothing brings it back.'}
    </p>
    <button class="button" type="submit">
      Take it away
    </button>
  </form>
);

/** What each way to keep a conversation means. */
export const settingNames: Readonly<Record<ThreadSetting, string>> = {
  open: 'Open: comments are shown at once',
  approval: 'By approval: you let each comment in',
  frozen: 'Frozen: it can be read, not continued',
  closed: 'Closed: nobody says anything here',
};

const WaitingPage: FC<{
  readonly archive: Archive;
  readonly opened: OpenedWork;
  readonly waiting: readonly CommentView[];
}> = ({ archive, opened, waiting }) => {
  const { work, handle } = opened;
  return (
    <Personal archive={archive} title={`The conversation about ${titleOf(work)}`}>
      <form method="post" action={workPath(handle, '/thread')} class="form">
        <Options name="thread" label="How it is kept" value={work.thread} options={settingNames} />
        <Send>Keep it so</Send>
      </form>
      <h2>{waiting.length === 0 ? 'Nothing waits' : `${count(waiting.length, 'comment')} to let in`}</h2>
      {waiting.map((comment) => (
        <article class="card">
          <p>
            <strong>{authorOf({ ...comment, state: 'shown' })}</strong>
          </p>
          <div class="comment-words">{inserted(comment.html, handle)}</div>
          <p class="ways">
            <a class="button" href={`/comments/${comment.id}/options`}>
              Look at it
            </a>
          </p>
        </article>
      ))}
    </Personal>
  );
};
