import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Conflict, Invalid } from '../../errors.ts';
import type { WorkView } from '../../model/views.ts';
import type { Role } from '../../model/work.ts';
import { count, titleOf } from '../../phrases.ts';
import { pseudNames } from '../../store/people/pseuds.ts';
import { getWork } from '../../store/works.ts';
import {
  answerCredit,
  type CreditAsked,
  endReading,
  listAsked,
  listParts,
  listSuggestions,
  takeNameOff,
} from '../../store/writing.ts';
import { accountOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { readForm } from '../forms.ts';
import { workPath } from '../handle.ts';
import { Day } from '../parts.tsx';
import { attempt, goOn, Personal, type Problems, show, ToAccount } from '../people/parts.tsx';
import { saidOn } from '../said.ts';
import { betaPath, roomPath } from './addresses.ts';
import { placeOf } from './invited.tsx';
import { NamingFields, namingIn } from './naming.tsx';
import { roleIn, roleMeanings, roleNames } from './roles.ts';

/** `GET /beta`: what one was asked and has not answered, the drafts one reads, and where one is named. */
export const betaPage: Page = (archive) => (c) => showReading(c, archive);

/** `POST /beta`: answers an asking; leaves a draft; takes one's name off. */
export const betaForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const [workId, role] = [form.get('work'), roleIn(form.get('role'))];
  const person = actor.pseuds.find(({ id }) => id === form.get('person'))?.id;
  if (person === undefined || role === undefined)
    throw new Invalid('web/betas: this form names nobody of yours; open the page again');

  const act = form.get('do');
  const problems = await attempt(() => answer(archive, workId, { person, role }, act, namingIn(form)));
  if (problems !== undefined) return showReading(c, archive, problems);

  return goOn(c, act === 'accept' ? placeOf(role, workId) : `${betaPath}?said=${saidBy[act] ?? ''}`);
};

const saidBy: Readonly<Record<string, string>> = {
  decline: 'declined',
  leave: 'left',
  'leave unnamed': 'left-unnamed',
  'take name off': 'unnamed',
};

async function answer(
  archive: Archive,
  workId: string,
  part: { readonly person: string; readonly role: Role },
  act: string,
  naming: ReturnType<typeof namingIn>,
): Promise<void> {
  const { store } = archive;
  if (act === 'accept') await answerCredit(store, workId, { ...part, accept: true, naming });
  else if (act === 'decline') await answerCredit(store, workId, { ...part, accept: false });
  else if (act.startsWith('leave') && part.role === 'beta')
    await endReading(store, workId, part.person, { unnamed: act === 'leave unnamed' });
  else if (act === 'take name off') await takeNameOff(store, workId, part);
  else throw new Conflict('web/betas: this form does not say what to do; open the page again');
}

const sayings: Readonly<Record<string, string>> = {
  accepted: 'Accepted.',
  declined: 'Declined. Nobody was told.',
  left: 'You have left that draft, and cannot read it any more. What you suggested stays with its author.',
  'left-unnamed':
    'You have left that draft, and your name is off it. You cannot read it any more; what you suggested stays with its author.',
  unnamed: 'Your name is off that story from now on.',
};

/** Someone's part, and the work it is in. */
interface PartIn extends CreditAsked {
  readonly work: WorkView;
}

async function showReading(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  const { store } = archive;
  const actor = await accountOf(c, archive);
  const ids = actor.pseuds.map(({ id }) => id);
  const asked = await withWorks(archive, await listAsked(store, ids));
  const parts = await withWorks(archive, await listParts(store, ids));
  const names = await pseudNames(
    store,
    asked.map((a) => a.askedBy),
  );
  const open = new Map<string, number>();
  for (const { workId, person, role } of parts)
    if (role === 'beta')
      open.set(workId, (await listSuggestions(store, workId, { by: [person], status: 'open' })).length);
  const said = saidOn(c, sayings);
  const page = <ReadingPage {...{ archive, asked, parts, names, open, said, problems }} />;
  return show(c, page, problems);
}

async function withWorks(archive: Archive, parts: readonly CreditAsked[]): Promise<readonly PartIn[]> {
  const found: PartIn[] = [];
  for (const part of parts) {
    const work = await getWork(archive.store, part.workId);
    if (work.stage !== 'removed' && work.stage !== 'hidden') found.push({ ...part, work });
  }
  return found;
}

interface ReadingProps {
  readonly archive: Archive;
  readonly asked: readonly PartIn[];
  readonly parts: readonly PartIn[];
  /** The names of those who ask. */
  readonly names: ReadonlyMap<string, string>;
  /** How many suggestions of hers wait for an answer, by work. */
  readonly open: ReadonlyMap<string, number>;
  readonly said: string | undefined;
  readonly problems: Problems | undefined;
}

const ReadingPage: FC<ReadingProps> = ({ archive, asked, parts, names, open, said, problems }) => {
  const read = parts.filter((p) => p.role === 'beta' && p.endedAt === null);
  const named = parts.filter((p) => p.naming === 'named');
  return (
    <Personal archive={archive} title="Reading for others" said={said} problems={problems}>
      <section aria-labelledby="asked">
        <h2 id="asked">Asked of you</h2>
        {asked.length === 0 ? (
          <p>Nobody waits for an answer of yours.</p>
        ) : (
          asked.map((part) => <Asking part={part} by={names.get(part.askedBy) ?? 'Someone'} />)
        )}
      </section>
      <section aria-labelledby="drafts">
        <h2 id="drafts">Drafts you read</h2>
        {read.length === 0 ? (
          <p>
            None yet. A writer can ask you by one of your names, or send you a link; then you find her draft
            here.
          </p>
        ) : (
          <ul class="rows">
            {read.map((part) => (
              <Draft part={part} open={open.get(part.workId) ?? 0} />
            ))}
          </ul>
        )}
      </section>
      {named.length > 0 && (
        <section aria-labelledby="named">
          <h2 id="named">Stories that name you</h2>
          <ul class="rows">
            {named.map((part) => (
              <Named part={part} />
            ))}
          </ul>
        </section>
      )}
      <ToAccount />
    </Personal>
  );
};

const Asking: FC<{ readonly part: PartIn; readonly by: string }> = ({ part, by }) => (
  <form method="post" action={betaPath} class="card asking" aria-label={titleOf(part.work)}>
    <PartFields part={part} />
    <p>
      <strong>{by}</strong> asks you, as <strong>{part.name}</strong>, to be {roleNames[part.role]} of{' '}
      <cite>{titleOf(part.work)}</cite>.{' '}
      <span class="soft">
        Asked <Day at={part.askedAt} />.
      </span>
    </p>
    <p>{roleMeanings[part.role]}</p>
    {part.role === 'beta' && part.naming !== 'named' && <NamingFields />}
    <p class="ways">
      <button class="button button-main" type="submit" name="do" value="accept">
        Accept
      </button>
      <button class="button" type="submit" name="do" value="decline">
        Decline
      </button>
    </p>
  </form>
);

const PartFields: FC<{ readonly part: PartIn }> = ({ part }) => (
  <>
    <input type="hidden" name="work" value={part.workId} />
    <input type="hidden" name="person" value={part.person} />
    <input type="hidden" name="role" value={part.role} />
  </>
);

const Draft: FC<{ readonly part: PartIn; readonly open: number }> = ({ part, open }) => (
  <li>
    <span>
      <a href={roomPath(part.workId)}>{titleOf(part.work)}</a>{' '}
      <span class="soft">
        as {part.name};{' '}
        {open === 0
          ? 'nothing of yours waits'
          : `${count(open, 'suggestion')} of yours ${open === 1 ? 'waits' : 'wait'}`}
      </span>
    </span>
    <form method="post" action={betaPath}>
      <PartFields part={part} />
      <button
        class="button"
        type="submit"
        name="do"
        value="leave"
        aria-label={`Leave it: ${titleOf(part.work)}. You cannot read it any more then`}
      >
        Leave it
      </button>
      {part.naming === 'named' && (
        <button
          class="button"
          type="submit"
          name="do"
          value="leave unnamed"
          aria-label={`Leave it and take my name off: ${titleOf(part.work)}. You cannot read it any more then`}
        >
          Leave it, and take my name off
        </button>
      )}
    </form>
  </li>
);

const Named: FC<{ readonly part: PartIn }> = ({ part }) => (
  <li>
    <span>
      {part.work.stage === 'published' ? (
        <a href={workPath(part.workId)}>{titleOf(part.work)}</a>
      ) : (
        titleOf(part.work)
      )}{' '}
      <span class="soft">
        {part.name}, {roleNames[part.role]}
      </span>
    </span>
    <form method="post" action={betaPath}>
      <PartFields part={part} />
      <button
        class="button"
        type="submit"
        name="do"
        value="take name off"
        aria-label={`Take my name off: ${part.name}, ${titleOf(part.work)}`}
      >
        Take my name off
      </button>
    </form>
  </li>
);
