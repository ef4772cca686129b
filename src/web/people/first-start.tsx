import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import { type SignUp, signUps } from '../../model/settings.ts';
import { createFirstHost, isFirstStartToken } from '../../store/accounts.ts';
import { defaultRules, defaultSettings } from '../../store/settings.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, readForm } from '../forms.ts';
import { typedText, writtenText } from '../studio/writing/text.ts';
import { firstStartPath } from './addresses.ts';
import { letIn } from './door.ts';
import {
  AccountFields,
  accountProblems,
  attempt,
  Field,
  goOn,
  Options,
  Personal,
  type Problems,
  Send,
  show,
  typedAccount,
} from './parts.tsx';

/** `GET /first-start/:token`: the host's account and four questions, at the address the console printed. */
export const firstStartPage: Page = (archive) => async (c) => {
  const token = await readToken(c, archive);
  return show(c, <FirstStart archive={archive} token={token} />);
};

/** `POST /first-start/:token`: makes the account, keeps the answers, and lets the host in. */
export const firstStartForm: Page = (archive) => async (c) => {
  const token = await readToken(c, archive);
  const form = await readForm(c);
  const settings = readAnswers(form);
  const refuse = (problems: Problems) =>
    show(c, <FirstStart {...{ archive, token, form, problems }} />, problems);
  const account = typedAccount(form);
  const unfit = {
    ...(settings.name === '' ? { name: 'An archive needs a name.' } : {}),
    ...accountProblems(archive, account),
  };
  if (Object.keys(unfit).length > 0) return refuse(unfit);
  let id = '';
  const problems = await attempt(async () => {
    ({ id } = await createFirstHost(archive.store, token, account, settings));
  }, 'pseud');
  if (problems !== undefined) return refuse(problems);
  await letIn(c, archive, id, { strong: false });
  return goOn(c, '/account/second-factor?said=first');
};

/** @throws NotFound for any other address, and for this one once there is a host */
async function readToken(c: Context, archive: Archive): Promise<string> {
  const token = c.req.param('token') ?? '';
  if (await isFirstStartToken(archive.store, token)) return token;
  throw new NotFound('web/people: this address does not begin the archive');
}

/** The host's answers, as they are kept. */
export function readAnswers(form: Form) {
  const signUp: SignUp = signUps.find((known) => known === form.get('signUp')) ?? defaultSettings.signUp;
  const rules = form.get('rules').trim();
  return {
    name: form.get('name').replace(/\s+/g, ' ').trim().slice(0, 80),
    signUp,
    rules: rules === '' ? defaultRules : writtenText(rules, defaultRules).html,
    contact: form.get('contact').replace(/\s+/g, ' ').trim().slice(0, 300),
  };
}

interface AnswersProps {
  /** What was typed, or what holds now. */
  readonly answers: {
    readonly name: string;
    readonly signUp: string;
    readonly rules: string;
    readonly contact: string;
  };
  readonly problems?: Problems | undefined;
}

/** What an archive needs to know from its host. */
export const AnswerFields: FC<AnswersProps> = ({ answers, problems }) => (
  <>
    <Field
      name="name"
      label="What is the archive called?"
      value={answers.name}
      problems={problems}
      max={80}
    />
    <Options
      name="signUp"
      label="Who may make an account?"
      value={answers.signUp}
      options={{
        invitation: 'Those you invite',
        request: 'Those whose request you grant',
        open: 'Anyone',
        nobody: 'Nobody for now',
      }}
    />
    <Field
      name="rules"
      label="The house rules"
      hint="Whoever makes an account agrees to them. An empty line begins a new paragraph, a dash a point of a list."
      value={answers.rules}
      problems={problems}
      lines={14}
    />
    <Field
      name="contact"
      label="How can people reach you?"
      hint="It stands under the house rules: an address, or a sentence. You may leave it empty."
      value={answers.contact}
      problems={problems}
      optional
      max={300}
    />
  </>
);

interface FirstStartProps {
  readonly archive: Archive;
  readonly token: string;
  readonly form?: Form;
  readonly problems?: Problems;
}

const FirstStart: FC<FirstStartProps> = ({ archive, token, form, problems }) => {
  const answers = {
    name: form?.get('name') ?? '',
    signUp: form?.get('signUp') ?? defaultSettings.signUp,
    rules: form?.get('rules') ?? typedText(defaultRules),
    contact: form?.get('contact') ?? '',
  };
  return (
    <Personal archive={archive} title="Begin your archive" problems={problems}>
      <p>
        You are its host: you say who comes in and what holds here. This page works once. Everything you
        answer can be changed later.
      </p>
      <form method="post" action={firstStartPath(token)} class="form">
        <h2>The archive</h2>
        <AnswerFields answers={answers} problems={problems} />
        <h2>You</h2>
        <AccountFields form={form} problems={problems} />
        <Send>Begin</Send>
      </form>
    </Personal>
  );
};
