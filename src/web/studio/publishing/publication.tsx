import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../../errors.ts';
import type { Remark } from '../../../model/remark.ts';
import {
  type Audience,
  archiveWarnings,
  audiences,
  type OldTexts,
  oldTextSettings,
  ratings,
  threadSettings,
} from '../../../model/work.ts';
import type { PublishAnswers } from '../../../store/publishing.ts';
import { publishPassages, publishWork } from '../../../store/works.ts';
import { arrangeWork, markComplete, scheduleWork, unpublishWork } from '../../../store/writing.ts';
import type { Archive, Page } from '../../archive.ts';
import { type Form, readForm } from '../../forms.ts';
import { settingNames } from '../../talking/keep.tsx';
import { type Desk, leadTo, previewPath, sitDown, studioPath } from '../desk.ts';
import { faultOf, lateFault, Reason } from '../frame.tsx';
import { Answers, unansweredIn } from '../header/header-fields.tsx';
import { cameBack, type Sent } from '../story/forms.tsx';
import { showDesk } from '../work.tsx';
import { type NotShown, WaitingChanges } from './waiting.tsx';

/** `POST /studio/:handle/publication`: publish, schedule, take back, say whether it is complete. */
export const publishForm: Page = (archive) => async (c) => {
  const desk = await sitDown(c, archive);
  const form = await readForm(c);
  try {
    return leadTo(c, studioPath(desk.work.id), await arrange(archive, desk, form));
  } catch (error) {
    if (error instanceof Conflict && form.get('do') === 'some') {
      const sent = { name: 'publication', form, fault: lateFault, isLate: true };
      return showDesk(c, archive, await sitDown(c, archive), { sent });
    }
    if (!(error instanceof Invalid)) throw error;
    const sent = { name: 'publication', form, fault: faultOf(error) };
    return showDesk(c, archive, desk, { sent });
  }
};

/** Does what the button says, and gives what the page says of it. */
async function arrange(archive: Archive, { work, by }: Desk, form: Form): Promise<string> {
  const { store } = archive;
  const done = form.get('do');
  if (done === 'unpublish') {
    await unpublishWork(store, work.id, { by: by.id, why: 'taken back by its author' });
    return 'unpublished';
  }
  if (done === 'complete' || done === 'going-on') {
    await markComplete(store, work.id, done === 'complete', by.id);
    return 'settled';
  }
  if (done === 'some') {
    const part = { keys: form.all('passages'), base: Number(form.get('base')), by: by.id };
    await publishPassages(store, work.id, part);
    return 'published-some';
  }
  if (done === 'settings') {
    const thread = threadSettings.find((name) => name === form.get('thread'));
    const oldTexts = oldTextSettings.find((name) => name === form.get('old-texts'));
    await arrangeWork(store, work.id, {
      ...(thread === undefined ? {} : { thread }),
      ...(oldTexts === undefined ? {} : { oldTexts }),
    });
    return 'settled';
  }
  const answers = answersOf(form, by.id);
  if (done === 'schedule') {
    await scheduleWork(store, work.id, { ...answers, due: dueOf(form) });
    return 'scheduled';
  }
  if (done === 'audience') {
    await arrangeWork(store, work.id, { audience: answers.audience ?? 'everyone' });
    return 'settled';
  }
  // Who publishes changes changes nothing about for whom they are.
  const audience = work.stage === 'published' ? { audience: work.audience } : {};
  await publishWork(store, work.id, { ...answers, ...audience });
  return 'published';
}

function answersOf(form: Form, by: string): PublishAnswers {
  const audience = readers.find((name) => name === form.get('audience'));
  return {
    rating: ratings.find((name) => name === form.get('rating')) ?? null,
    warnings: archiveWarnings.filter((name) => form.all('warnings').includes(name)),
    by,
    ...(audience === undefined ? {} : { audience }),
  };
}

/** A time without a zone is UTC, as the form says. @throws Invalid for none */
function dueOf(form: Form): string {
  const due = form.get('due');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(due))
    throw new Invalid('web/studio: say on which day and hour it shall be published', { path: 'due' });
  return `${due}:00Z`;
}

/** Whom a work can be published for. */
export const readers = audiences.filter((audience) => audience !== 'hosts');

const readerNames: Readonly<Record<Audience, string>> = {
  everyone: 'everyone',
  members: 'people who are signed in',
  link: 'those who have its secret link',
  hosts: 'those who run the archive',
};

const oldTextNames: Readonly<Record<OldTexts, string>> = {
  nobody: 'nobody but you',
  published: 'readers, if they were published once',
  everyone: 'readers, all of them',
};

interface PublicationProps {
  readonly desk: Desk;
  readonly notShown: NotShown | undefined;
  readonly remarks: readonly Remark[];
  readonly sent: Sent | undefined;
}

/** Where the work stands with its readers, and what can be done about it. */
export const Publication: FC<PublicationProps> = ({ desk, notShown, remarks, sent }) => {
  const { work, header } = desk;
  const back = cameBack(sent, 'publication');
  const isOut = work.stage === 'published' || work.stage === 'scheduled';
  return (
    <section class="card publication" aria-labelledby="publication">
      <h2 id="publication">{isOut ? `It is ${work.stage}` : 'Publish'}</h2>
      <Reason
        id="publication-fault"
        fault={back?.fault.path === 'rating' || back?.fault.path === 'warnings' ? undefined : back?.fault}
      />
      <form method="post" action={studioPath(work.id, '/publication')}>
        {notShown !== undefined && (
          <WaitingChanges desk={desk} waiting={notShown} chosen={back?.form.all('passages')} />
        )}
        {isOut ? (
          <Out desk={desk} waits={notShown !== undefined} />
        ) : (
          <Asked desk={desk} back={back} remarks={remarks} />
        )}
        <p class="publication-acts">
          <button
            class="link-button"
            type="submit"
            name="do"
            value={header.complete === true ? 'going-on' : 'complete'}
          >
            {header.complete === true ? 'Mark as going on' : 'Mark as complete'}
          </button>
          {isOut && (
            <button class="link-button" type="submit" name="do" value="unpublish">
              Take it back
            </button>
          )}
        </p>
      </form>
      <Settings desk={desk} />
      <p class="soft">
        <a href={previewPath(work)}>Its secret link</a> opens it for whoever has it.
      </p>
    </section>
  );
};

/** What publishing asks: the two answers, for whom, and when. */
const Asked: FC<{
  readonly desk: Desk;
  readonly back: Sent | undefined;
  readonly remarks: readonly Remark[];
}> = ({ desk: { header, work }, back, remarks }) => {
  const open = remarks.filter((remark) => remark.certainty === 'undecided');
  const reviewPath = studioPath(work.id, '/review');
  return (
    <>
      <Answers
        rating={back?.form.get('rating') ?? header.rating ?? ''}
        warnings={back?.form.all('warnings') ?? header.warnings}
        faults={back === undefined ? [] : unansweredIn(back.form)}
      />
      {open.length > 0 && (
        <div class="undecided">
          <p>
            Left open when it was read from a file; <a href={reviewPath}>decide it there</a>:
          </p>
          <ul>
            {open.map(({ message }) => (
              <li>{message}</li>
            ))}
          </ul>
        </div>
      )}
      <ReaderMenu chosen={back?.form.get('audience') ?? 'everyone'} />
      <p class="ways-row">
        <button class="button" type="submit" name="do" value="publish">
          Publish now
        </button>
      </p>
      <label class="field">
        Or on a day to come (UTC){' '}
        <input type="datetime-local" name="due" value={back?.form.get('due') ?? ''} />
      </label>
      <p class="ways-row">
        <button class="button" type="submit" name="do" value="schedule">
          Schedule it
        </button>
      </p>
    </>
  );
};

/** What its author settles once: the conversation, and who may see what the story was. */
const Settings: FC<{ readonly desk: Desk }> = ({ desk: { work } }) => (
  <details class="action">
    <summary>Comments and old versions</summary>
    <form method="post" action={studioPath(work.id, '/publication')}>
      <ThreadMenu chosen={work.thread} />
      <label class="field">
        Earlier versions are open to{' '}
        <select name="old-texts">
          {oldTextSettings.map((name) => (
            <option value={name} selected={name === work.oldTexts}>
              {oldTextNames[name]}
            </option>
          ))}
        </select>
      </label>
      <p>
        <button class="button button-small" type="submit" name="do" value="settings">
          Keep it so
        </button>
      </p>
    </form>
  </details>
);

/** How the conversation about a work is kept, as a menu. */
export const ThreadMenu: FC<{ readonly chosen: string }> = ({ chosen }) => (
  <label class="field">
    The conversation{' '}
    <select name="thread">
      {threadSettings.map((name) => (
        <option value={name} selected={name === chosen}>
          {settingNames[name]}
        </option>
      ))}
    </select>
  </label>
);

const Out: FC<{ readonly desk: Desk; readonly waits: boolean }> = ({ desk: { work }, waits }) => (
  <>
    {!waits && (
      <p>
        {work.stage === 'published'
          ? 'Readers see the newest version. What you save from now on waits until you publish it.'
          : 'It appears by itself when its time has come.'}
      </p>
    )}
    <details class="action">
      <summary>Who may read it: {readerNames[work.audience]}</summary>
      <ReaderMenu chosen={work.audience} />
      <p>
        <button class="button button-small" type="submit" name="do" value="audience">
          Change who may read it
        </button>
      </p>
    </details>
  </>
);

/** For whom something is, as a menu. */
export const ReaderMenu: FC<{ readonly chosen: string }> = ({ chosen }) => (
  <label class="field">
    For{' '}
    <select name="audience">
      {readers.toReversed().map((audience) => (
        <option value={audience} selected={audience === chosen}>
          {readerNames[audience]}
        </option>
      ))}
    </select>
  </label>
);
