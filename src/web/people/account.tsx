import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import type { AccountView, SessionView } from '../../model/account.ts';
import { type AccountActor, may, type Role } from '../../model/person.ts';
import { count } from '../../phrases.ts';
import { addPseud, endAllSessions, endSessionOf, findAccount, listSessions } from '../../store/accounts.ts';
import { accountOf, sessionToken } from '../actor.ts';
import type { Archive, Page } from '../archive.ts';
import { assets } from '../assets.ts';
import { betaPath } from '../betas/addresses.ts';
import { type Form, readForm } from '../forms.ts';
import { Day } from '../parts.tsx';
import { saidOn } from '../said.ts';
import { attempt, Field, goOn, Personal, type Problems, Send, show } from './parts.tsx';
import { postAt } from './post.ts';

/** `GET /account`: names, ways to sign in, and where she is signed in. */
export const accountPage: Page = (archive) => (c) => showAccount(c, archive, {});

/** `POST /account/pseuds`: one more name to write under. */
export const pseudForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  const problems = await attempt(() => addPseud(archive.store, actor.id, form.get('pseud')), 'pseud');
  return problems === undefined
    ? goOn(c, '/account?said=pseud#names')
    : showAccount(c, archive, { form, problems });
};

/** `POST /account/sessions`: ends one session, or all but this. */
export const sessionsForm: Page = (archive) => async (c) => {
  const actor = await accountOf(c, archive);
  const form = await readForm(c);
  if (form.get('others') !== '') await endAllSessions(archive.store, actor.id, sessionToken(c, archive));
  else await endSessionOf(archive.store, actor.id, form.get('session'));
  return goOn(c, '/account?said=ended#sessions');
};

const sayings: Readonly<Record<string, string>> = {
  pseud: 'You can write under this name now.',
  ended: 'Signed out there.',
  'pass-phrase': 'Your new pass phrase holds. You are signed out everywhere else.',
  'name-deleted': 'The name is deleted.',
  'work-deleted': 'The work is deleted.',
  off: 'Signing in asks for no code any more.',
};

interface Shown {
  readonly form?: Form;
  readonly problems?: Problems;
}

async function showAccount(c: Context, archive: Archive, shown: Shown): Promise<Response> {
  const actor = await accountOf(c, archive);
  const account = await findAccount(archive.store, actor.id);
  if (account === undefined) throw new NotFound('web/people: this account is gone');
  const sessions = await listSessions(archive.store, actor.id, sessionToken(c, archive));
  const said = saidOn(c, sayings);
  return show(c, <AccountPage {...{ archive, actor, account, sessions, said, ...shown }} />, shown.problems);
}

interface AccountProps extends Shown {
  readonly archive: Archive;
  readonly actor: AccountActor;
  readonly account: AccountView;
  readonly sessions: readonly SessionView[];
  readonly said: string | undefined;
}

/** What each role is, to the one who has it. */
const roleWords: Readonly<Record<Role, string>> = {
  reader: 'You read, comment and say which endings you prefer.',
  writer: 'You read, comment, and write stories of your own.',
  archivist: 'You write, and bring in pages from elsewhere.',
  moderator: 'You write, bring in pages, and keep conversation within the house rules.',
  host: 'You run this archive.',
};

const AccountPage: FC<AccountProps> = ({ archive, actor, account, sessions, said, form, problems }) => (
  <Personal archive={archive} title="Your account" said={said} problems={problems}>
    <p>{roleWords[account.role]}</p>
    {account.suspended !== null && (
      <div class="card refused">
        <p>
          Those who run this archive have suspended your account
          {account.suspended.why === '' ? '.' : `: ${account.suspended.why}`} You can still read, and take
          away what is yours.
        </p>
      </div>
    )}
    {!actor.strong && needsMore(account.role) && (
      <div class="card refused">
        <p>
          Until you sign in with a second factor, you can do what an archivist can.{' '}
          <a href="/account/second-factor">Set it up</a>
        </p>
      </div>
    )}
    {may(actor, 'manage people') && <HostLinks />}
    <p class="alone">
      <a href={betaPath}>Reading for others</a>: what you are asked, and the drafts you read as a beta
    </p>
    <Names account={account} form={form} problems={problems} />
    <SigningIn account={account} mail={postAt(archive) !== undefined} />
    <Sessions sessions={sessions} />
    <Yours />
    <script src={assets.leaving} defer />
    <form method="post" action="/sign-out" class="ways">
      <button class="button button-main" type="submit">
        Sign out
      </button>
      <button class="button" type="submit" name="everywhere" value="yes">
        Sign out everywhere
      </button>
    </form>
  </Personal>
);

function needsMore(role: Role): boolean {
  return role === 'moderator' || role === 'host';
}

const HostLinks: FC = () => (
  <section aria-labelledby="host">
    <h2 id="host">The archive</h2>
    <ul class="rows">
      <li>
        <a href="/import">Bring saved pages in</a>
      </li>
      <li>
        <a href="/manage/archive">Name, rules, and who may sign up</a>
      </li>
      <li>
        <a href="/manage/people">People</a>
      </li>
      <li>
        <a href="/manage/invitations">Invitations and requests</a>
      </li>
    </ul>
  </section>
);

const Yours: FC = () => (
  <section aria-labelledby="yours">
    <h2 id="yours">What is yours</h2>
    <ul class="rows">
      <li>
        <a href="/account/data">Download your data</a>
      </li>
      <li>
        <a href="/studio/claim">Claim a work that was yours</a>
      </li>
      <li>
        <a href="/account/delete">Delete your account</a>
      </li>
    </ul>
  </section>
);

const Names: FC<{
  readonly account: AccountView;
  readonly form?: Form | undefined;
  readonly problems?: Problems | undefined;
}> = ({ account, form, problems }) => (
  <section aria-labelledby="names">
    <h2 id="names">The names you write under</h2>
    <ul class="rows">
      {account.pseuds.map(({ id, name }) => (
        <li>
          <span>{name}</span>
          <span class="row-ways">
            <a href={`/account/pseuds/${id}`}>
              Picture, words and links<span class="unseen"> of {name}</span>
            </a>
            <a href={`/account/pseuds/${id}/delete`} aria-label={`Delete the name ${name}`}>
              Delete …
            </a>
          </span>
        </li>
      ))}
    </ul>
    <details open={problems?.pseud !== undefined}>
      <summary>Add a name</summary>
      <p>
        Readers cannot see that two names are yours: no page, address, feed or file connects them. You can
        still give it away yourself, by what you write. Those who run the archive can see it.
      </p>
      <form method="post" action="/account/pseuds" class="form">
        <Field
          name="pseud"
          label="Another name"
          value={form?.get('pseud')}
          problems={problems}
          autocomplete="nickname"
          max={60}
        />
        <Send>Add it</Send>
      </form>
    </details>
  </section>
);

const SigningIn: FC<{ readonly account: AccountView; readonly mail: boolean }> = ({
  account: { factors },
  mail,
}) => (
  <section aria-labelledby="signing-in">
    <h2 id="signing-in">Signing in</h2>
    <ul class="rows">
      <li>
        <a href="/account/pass-phrase">Change your pass phrase</a>
      </li>
      {mail && (
        <li>
          <a href="/account/mail">Mail address</a>
          <span class="soft">if you want one</span>
        </li>
      )}
      <li>
        <a href="/account/second-factor">Codes from an app</a>
        <span class="soft">{factors.totp ? 'on' : 'off'}</span>
      </li>
      <li>
        <a href="/account/passkeys">Passkeys</a>
        <span class="soft">{factors.passkeys === 0 ? 'none' : String(factors.passkeys)}</span>
      </li>
      <li>
        <a href="/account/recovery-codes">Recovery codes</a>
        <span class="soft">
          {factors.recoveryCodes === 0
            ? 'none: without them only those who run the archive can let you in again'
            : `${count(factors.recoveryCodes, 'code')} left`}
        </span>
      </li>
    </ul>
  </section>
);

const Sessions: FC<{ readonly sessions: readonly SessionView[] }> = ({ sessions }) => (
  <section aria-labelledby="sessions">
    <h2 id="sessions">Where you are signed in</h2>
    <ul class="rows">
      {sessions.map((session) => (
        <li>
          <span>
            {session.label}
            <span class="soft">
              {' '}
              since <Day at={session.begunAt} />, last used <Day at={session.seenOn} />
            </span>
          </span>
          {session.current ? (
            <span class="soft">this browser</span>
          ) : (
            <form method="post" action="/account/sessions">
              <button
                class="button"
                type="submit"
                name="session"
                value={session.id}
                aria-label={`Sign out ${session.label}, last used ${session.seenOn}`}
              >
                Sign out there
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    {sessions.length > 1 && (
      <form method="post" action="/account/sessions" class="ways">
        <button class="button" type="submit" name="others" value="yes">
          Sign out everywhere else
        </button>
      </form>
    )}
  </section>
);
