import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { SignUp } from '../../model/settings.ts';
import { readSettings, requestAccount, signUp as signUpHere } from '../../store/accounts.ts';
import type { Archive, Page } from '../archive.ts';
import { tooOften } from '../errors.tsx';
import { type Form, ownPath, readForm } from '../forms.ts';
import { holdForm } from '../held.tsx';
import { limit } from '../serving/limits.ts';
import { invitationPath } from './addresses.ts';
import { doorOf, letIn } from './door.ts';
import {
  AccountFields,
  accountProblems,
  attempt,
  Field,
  goOn,
  Personal,
  type Problems,
  Send,
  show,
  Tick,
  typedAccount,
} from './parts.tsx';

/** `GET /sign-up`: makes an account, asks for one, or says how to be invited: as the host decided. */
export const signUpPage: Page = (archive) => async (c) => {
  const { signUp } = await readSettings(archive.store);
  const back = ownPath(c.req.query('back') ?? '');
  return show(c, <SignUpPage {...{ archive, signUp, back }} />);
};

/** `POST /sign-up`: what the page offers. */
export const signUpForm: Page = (archive) => {
  const often = limit(20, 3600);
  const door = doorOf(archive);
  return async (c) => {
    const form = await readForm(c);
    const { signUp } = await readSettings(archive.store);
    const back = ownPath(form.get('back'));
    if (form.get('invitation') !== '')
      return goOn(c, invitationPath(encodeURIComponent(lastPart(form.get('invitation')))));
    if (signUp !== 'open' && signUp !== 'request') return goOn(c, '/sign-up');
    if (!often.take(door.address(c))) return holdForm(c, archive, tooOften);
    const refuse = (problems: Problems) =>
      show(c, <SignUpPage {...{ archive, signUp, back, form, problems }} />, problems);
    // A field nobody sees, which programs fill in.
    if (form.get('website') !== '') return refuse({ '': 'That did not look like a person. Try again.' });
    if (signUp === 'request') {
      let code = '';
      const problems = await attempt(async () => {
        ({ code } = await requestAccount(archive.store, {
          name: form.get('pseud'),
          words: form.get('words'),
        }));
      });
      return problems === undefined ? goOn(c, invitationPath(code)) : refuse(renamed(problems));
    }
    return makeAccount(c, archive, form, refuse);
  };
};

/** The store speaks of a request's name; the form of the name one would write under. */
function renamed({ name, ...problems }: Problems): Problems {
  return name === undefined ? problems : { ...problems, pseud: name };
}

/** Of an invitation typed as its whole address, the code. */
function lastPart(text: string): string {
  return text.trim().split('/').at(-1) ?? '';
}

/** Makes the account of a form, signs it in, and says what its owner signs in with from now on. */
export async function makeAccount(
  c: Context,
  archive: Archive,
  form: Form,
  refuse: (problems: Problems) => Promise<Response>,
  invitation?: string,
): Promise<Response> {
  const account = typedAccount(form);
  const unfit = {
    ...accountProblems(archive, account),
    ...(form.get('rules') === '' ? { rules: 'Read the house rules first, and tick this if you agree.' } : {}),
  };
  if (Object.keys(unfit).length > 0) return refuse(unfit);
  let [id, signInName] = ['', ''];
  const problems = await attempt(async () => {
    ({ id, signInName } = await signUpHere(archive.store, account, invitation));
  }, 'pseud');
  if (problems !== undefined) return refuse(problems);
  await letIn(c, archive, id, { strong: false });
  const back = ownPath(form.get('back')) ?? '/account';
  return show(c, <AccountMade {...{ archive, signInName, back }} />);
}

const AccountMade: FC<{
  readonly archive: Archive;
  readonly signInName: string;
  /** The page she came from, to go on to. */
  readonly back: string;
}> = (props) => (
  <Personal archive={props.archive} title="Welcome">
    <p>Your account is made, and you are signed in.</p>
    <div class="card">
      <div class="field">
        <label for="signInName">From now on you sign in with this name</label>
        <input id="signInName" value={props.signInName} readonly autocomplete="username" />
        <p class="hint">
          It is the one you chose and four signs that were drawn for you.{' '}
          <strong>Keep it: it is not shown again</strong>, and nobody here can look it up.
        </p>
      </div>
    </div>
    <p class="ways">
      <a class="button button-main" href={props.back}>
        Go on
      </a>
    </p>
  </Personal>
);

interface SignUpProps {
  readonly archive: Archive;
  readonly signUp: SignUp;
  /** The page to go on to with the account. */
  readonly back: string | null;
  readonly form?: Form;
  readonly problems?: Problems;
}

const SignUpPage: FC<SignUpProps> = ({ archive, signUp, back, form, problems }) => (
  <Personal
    archive={archive}
    title={signUp === 'request' ? 'Ask for an account' : 'Make an account'}
    problems={problems}
  >
    {signUp === 'open' && (
      <form method="post" action="/sign-up" class="form">
        {back !== null && <input type="hidden" name="back" value={back} />}
        <AccountFields form={form} problems={problems} drawn />
        <Agreement form={form} problems={problems} />
        <Trap />
        <Send>Make the account</Send>
      </form>
    )}
    {signUp === 'request' && (
      <form method="post" action="/sign-up" class="form">
        <p>Say who you are. Those who run {archive.name} answer when they have read it.</p>
        <Field
          name="pseud"
          label="The name you would write under"
          value={form?.get('pseud')}
          problems={problems}
          autocomplete="nickname"
          max={60}
        />
        <Field
          name="words"
          label="What brings you here?"
          value={form?.get('words')}
          problems={problems}
          lines={6}
          max={2000}
        />
        <Trap />
        <Send>Ask</Send>
      </form>
    )}
    {signUp === 'nobody' && (
      <p>{archive.name} takes nobody new at this time. Everything public can be read without an account.</p>
    )}
    {signUp === 'invitation' && (
      <p>
        {archive.name} is open to those who were invited. Everything public can be read without an account.
        The <a href="/rules">house rules</a> say whom to ask.
      </p>
    )}
    {signUp !== 'nobody' && (
      <>
        {signUp !== 'invitation' && <h2>Were you invited?</h2>}
        <form method="post" action="/sign-up" class="form">
          <Field name="invitation" label="Your invitation" hint="Its code, or its whole address." max={300} />
          <Send isSecond={signUp !== 'invitation'}>Use it</Send>
        </form>
      </>
    )}
    <p class="alone">
      <a href={back === null ? '/sign-in' : `/sign-in?back=${encodeURIComponent(back)}`}>I have an account</a>
    </p>
  </Personal>
);

/** That whoever makes an account agrees to the house rules. */
export const Agreement: FC<{ readonly form?: Form | undefined; readonly problems?: Problems | undefined }> = (
  props,
) => (
  <Tick name="rules" checked={props.form?.get('rules') === 'yes'} problems={props.problems}>
    I have read the <a href="/rules">house rules</a> and agree to them.
  </Tick>
);

const Trap: FC = () => (
  <p class="trap" aria-hidden="true">
    <label for="website">Leave this empty</label>
    <input id="website" name="website" tabindex={-1} autocomplete="off" />
  </p>
);
