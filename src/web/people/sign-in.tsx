import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { findAccount, readSettings } from '../../store/accounts.ts';
import { endAllSessions } from '../../store/people/sessions.ts';
import { signIn } from '../../store/people/sign-in.ts';
import { actorOf } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { type Form, ownPath, readForm } from '../forms.ts';
import { saidOn } from '../said.ts';
import { asksSecondFactor, deviceOf, doorOf, keepDevice, keepSecondStep, letIn, letOut } from './door.ts';
import {
  attempt,
  Field,
  goOn,
  PassPhrase,
  Personal,
  type Problems,
  Send,
  show,
  waitWords,
} from './parts.tsx';
import { PasskeyForm } from './passkey-sign-in.tsx';

/** `GET /sign-in?back=`: asks for name and pass phrase, or a passkey. */
export const signInPage: Page = (archive) => async (c) => {
  const back = ownPath(c.req.query('back') ?? '');
  if ((await actorOf(c, archive)).kind === 'account') return goOn(c, back ?? '/account');
  return showSignIn(c, archive, { back, said: saidOn(c, sayings) });
};

/** `POST /sign-in`: the same answer, after the same time, for a wrong pass phrase and for a name nobody has. */
export const signInForm: Page = (archive) => {
  const door = doorOf(archive);
  return async (c) => {
    const form = await readForm(c);
    const back = ownPath(form.get('back'));
    const outcome = await signIn(archive.store, door.attempts, {
      signInName: form.get('signInName'),
      passPhrase: form.get('passPhrase'),
      address: door.address(c),
      device: deviceOf(c, archive),
    });
    if (outcome.kind === 'wait')
      return showSignIn(c, archive, { back, form, problems: { '': waitWords(outcome.seconds) } });
    if (outcome.kind === 'wrong') return showSignIn(c, archive, { back, form, problems: wrong });

    const account = await findAccount(archive.store, outcome.accountId);
    if (account === undefined) return showSignIn(c, archive, { back, form, problems: wrong });
    keepDevice(c, archive, outcome.device);
    if (asksSecondFactor(account)) {
      keepSecondStep(c, archive, outcome);
      return goOn(c, `/sign-in/second${back === null ? '' : `?back=${encodeURIComponent(back)}`}`);
    }
    const problems = await attempt(() =>
      letIn(c, archive, account.id, { strong: false, mark: outcome.mark }),
    );
    return problems === undefined
      ? goOn(c, back ?? '/account')
      : showSignIn(c, archive, { back, form, problems });
  };
};

const wrong: Problems = { '': 'That name and that pass phrase do not belong together. Try again.' };

/** `POST /sign-out`: ends this session, or with `everywhere` all of hers. */
export const signOutForm: Page = (archive) => async (c) => {
  const form = await readForm(c);
  const actor = await actorOf(c, archive);
  if (actor.kind === 'account' && form.get('everywhere') !== '')
    await endAllSessions(archive.store, actor.id);
  await letOut(c, archive);
  return goOn(c, '/sign-in?said=out');
};

const sayings: Readonly<Record<string, string>> = {
  out: 'You are signed out.',
  reset: 'Your new pass phrase holds. Sign in with it.',
};

interface SignInProps {
  readonly back: string | null;
  readonly form?: Form;
  readonly said?: string | undefined;
  readonly problems?: Problems;
}

async function showSignIn(c: Context, archive: Archive, props: SignInProps): Promise<Response> {
  const { signUp } = await readSettings(archive.store);
  return show(c, <SignInPage archive={archive} signUp={signUp} {...props} />, props.problems);
}

const SignInPage: FC<SignInProps & { readonly archive: Archive; readonly signUp: string }> = (props) => {
  const { archive, back, form, said, problems, signUp } = props;
  return (
    <Personal archive={archive} title="Sign in" said={said} problems={problems}>
      {back !== null && problems === undefined && (
        <p class="soft">That page is for people with an account.</p>
      )}
      <form method="post" action="/sign-in" class="form">
        {back !== null && <input type="hidden" name="back" value={back} />}
        <Field
          name="signInName"
          label="The name you sign in with"
          value={form?.get('signInName')}
          autocomplete="username"
          max={100}
        />
        <PassPhrase />
        <Send>Sign in</Send>
      </form>
      <PasskeyForm archive={archive} back={back} />
      <ul class="plain-links">
        <li>
          <a href="/reset">I have forgotten my pass phrase</a>
        </li>
        {signUp !== 'nobody' && (
          <li>
            <a href={back === null ? '/sign-up' : `/sign-up?back=${encodeURIComponent(back)}`}>
              I have no account yet
            </a>
          </li>
        )}
      </ul>
    </Personal>
  );
};
